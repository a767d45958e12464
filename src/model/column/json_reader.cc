#include "model/column/json_reader.h"

// The same choice as in formats/json/client.h: it changes the parser's layout.
#define SIMDJSON_DEVELOPMENT_CHECKS 0
#define SIMDJSON_EXCEPTIONS 0
#include <simdjson.h>

#include <algorithm>
#include <cstdint>
#include <initializer_list>
#include <limits>
#include <vector>

#include "model/column/time_text.h"

namespace penstock {
namespace {

namespace dom = simdjson::dom;
using Kind = dom::element_type;

constexpr int kMostLevels = 8;

Fit fit_of(simdjson::error_code error) {
  switch (error) {
    case simdjson::SUCCESS: return Fit::ok;
    case simdjson::NUMBER_ERROR: return Fit::out_of_range;
    default: return Fit::unreadable;
  }
}

/// Of a value known to be an array.
dom::array elements_of(const dom::element& value) {
  dom::array elements;
  if (value.get_array().get(elements)) return {};
  return elements;
}

/// What values have in common, gathered one after the other.
class CommonType {
 public:
  void add(const dom::element& value) {
    switch (value.type()) {
      case Kind::NULL_VALUE: has_null_ = true; return;
      case Kind::ARRAY:
        is_array_ = true;
        for (const dom::element child : elements_of(value)) children_.push_back(child);
        return;
      case Kind::OBJECT: found("JSON"); return;
      case Kind::BOOL: found("Bool"); return;
      case Kind::STRING: found(dynamic_type_of_text(value.get_string().value_unsafe())); return;
      case Kind::DOUBLE: found("Float64"); return;
      case Kind::UINT64:
        found("UInt64");
        is_exact_in_float_ = false;
        return;
      case Kind::INT64: {
        constexpr std::int64_t kExact = std::int64_t{1} << 53;
        const std::int64_t number = value.get_int64().value_unsafe();
        found("Int64");
        has_negative_ = has_negative_ || number < 0;
        is_exact_in_float_ = is_exact_in_float_ && number <= kExact && number >= -kExact;
        return;
      }
    }
  }

  /// `levels`: how many arrays in each other it may have.
  std::string spelling(int levels) const {
    if (is_array_) {
      if (has_null_ || !types_.empty() || levels == 0) return "Dynamic";
      CommonType inner;
      for (const dom::element& child : children_) inner.add(child);
      return "Array(" + inner.spelling(levels - 1) + ")";
    }
    const std::string common(types_.empty() ? "String" : common_scalar());
    return has_null_ && common != "Dynamic" ? "Nullable(" + common + ")" : common;
  }

 private:
  void found(std::string_view type) {
    for (const std::string_view known : types_) {
      if (known == type) return;
    }
    types_.push_back(type);
  }
  bool all_of(std::initializer_list<std::string_view> allowed) const {
    for (const std::string_view type : types_) {
      if (std::find(allowed.begin(), allowed.end(), type) == allowed.end()) return false;
    }
    return true;
  }
  std::string_view common_scalar() const {
    if (types_.size() == 1) return types_.front();
    if (all_of({"Int64", "UInt64"}) && !has_negative_) return "UInt64";
    if (all_of({"Int64", "Float64"}) && is_exact_in_float_) return "Float64";
    if (all_of({"Date", "DateTime", "DateTime64(9)", "String"})) return "String";
    return "Dynamic";
  }

  std::vector<std::string_view> types_;
  std::vector<dom::element> children_;
  bool has_null_ = false;
  bool is_array_ = false;
  bool has_negative_ = false;
  bool is_exact_in_float_ = true;
};

Fit put_value(const dom::element& value, ColumnWriter& into) {
  switch (value.type()) {
    case Kind::NULL_VALUE: return into.put_null();
    case Kind::BOOL: return into.put_bool(value.get_bool().value_unsafe());
    case Kind::STRING: return into.put_text(value.get_string().value_unsafe());
    case Kind::DOUBLE: return into.put_real(value.get_double().value_unsafe());
    case Kind::UINT64: return into.put_uint(value.get_uint64().value_unsafe());
    case Kind::INT64: return into.put_int(value.get_int64().value_unsafe());
    case Kind::OBJECT: return into.put_json(simdjson::minify(value));
    case Kind::ARRAY: break;
  }
  if (into.shape() != Shape::list) return into.put_json(simdjson::minify(value));
  for (const dom::element child : elements_of(value)) {
    if (const Fit fit = put_value(child, into.child(0)); fit != Fit::ok) return fit;
  }
  return into.end();
}

}  // namespace

struct JsonReader::Parser {
  dom::parser parser;
};

JsonReader::JsonReader() : parser_(std::make_unique<Parser>()) {}
JsonReader::JsonReader(JsonReader&&) noexcept = default;
JsonReader& JsonReader::operator=(JsonReader&&) noexcept = default;
JsonReader::~JsonReader() = default;

Fit JsonReader::check(std::string_view json) {
  return fit_of(parser_->parser.parse(json.data(), json.size()).error());
}

Fit JsonReader::put_array(std::string_view json,
                          const std::function<ColumnWriter&(const std::string& type)>& column_for) {
  dom::element array;
  if (const auto error = parser_->parser.parse(json.data(), json.size()).get(array)) {
    return fit_of(error);
  }
  if (array.type() != Kind::ARRAY) return Fit::wrong_type;
  CommonType type;
  type.add(array);
  return put_value(array, column_for(type.spelling(kMostLevels)));
}

std::string_view dynamic_type_of_text(std::string_view text) {
  constexpr std::size_t kDay = 10;  // YYYY-MM-DD
  constexpr std::int64_t kLastDate = 65'535LL * 86'400;
  constexpr std::int64_t kLastTicks = std::numeric_limits<std::int64_t>::max() / 1'000'000'000;
  const auto read = starts_with_day(text) ? parse_time(text) : std::nullopt;
  if (!read || has_dropped_digits(text)) return "String";
  const bool is_day = text.size() == kDay;
  if (is_day && read->seconds >= 0 && read->seconds <= kLastDate) return "Date";
  const bool is_short =
      read->seconds >= 0 && read->seconds <= std::numeric_limits<std::uint32_t>::max();
  if (!is_day && is_short && read->nanoseconds == 0) return "DateTime";
  const bool has_ticks = read->seconds > -kLastTicks && read->seconds < kLastTicks;
  return has_ticks ? "DateTime64(9)" : "String";
}

}  // namespace penstock
