#include "formats/json/value.h"

#include <cstring>
#include <type_traits>
#include <utility>

#include "formats/json/blanks.h"
#include "formats/json/explain.h"
#include "formats/json/number.h"

namespace penstock::json {
namespace {

std::string_view token_of(ondemand::value& value) {
  return without_trailing_blanks(value.raw_json_token());
}

constexpr std::string_view kNoValue = "a value is missing or not spelled as JSON";
constexpr std::string_view kLongArray = "an array with more elements than the column";
constexpr std::string_view kForeignObject = "an object with none of the column's elements";
constexpr std::string_view kShortArray = "an array with fewer elements than the column";

// Which members of a Variant an array and an object are offered to, in this order.
constexpr Shape kShapesOfArray[] = {Shape::list, Shape::record};
constexpr Shape kShapesOfObject[] = {Shape::record, Shape::map};

constexpr std::string_view kind_of(const ondemand::array&) { return "an array"; }
constexpr std::string_view kind_of(const ondemand::object&) { return "an object"; }

}  // namespace

int member_for_json(const ColumnWriter& choice, bool is_array) {
  const auto& shapes = is_array ? kShapesOfArray : kShapesOfObject;
  const int first = choice.member_for(shapes[0]);
  return first >= 0 ? first : choice.member_for(shapes[1]);
}

void ValueWriter::start_row(const ondemand::parser& parser, std::size_t row_bytes) {
  parser_ = &parser;
  const std::size_t needed = row_bytes + simdjson::SIMDJSON_PADDING;
  if (unescaped_.size() < needed) unescaped_.resize(needed);
}

bool ValueWriter::put(ondemand::value value, std::span<ColumnWriter* const> columns,
                      std::size_t depth) {
  const std::string_view token = token_of(value);
  if (token.starts_with('[')) return put_container(value.get_array(), columns, depth + 1);
  if (token.starts_with('{')) return put_container(value.get_object(), columns, depth + 1);
  for (trouble_.column = 0; trouble_.column < columns.size(); ++trouble_.column) {
    ColumnWriter& into = *columns[trouble_.column];
    const bool taken =
        token.starts_with('"') ? put_text(value, token, into) : put_plain(token, into);
    if (!taken) return false;
  }
  return true;
}

template <class Container>
bool ValueWriter::put_container(simdjson::simdjson_result<Container> found,
                                std::span<ColumnWriter* const> columns, std::size_t depth) {
  Container container;
  if (const auto error = std::move(found).get(container)) return broken(error);
  return put_each(container, columns, depth);
}

template <class Container>
bool ValueWriter::put_each(Container& container, std::span<ColumnWriter* const> columns,
                           std::size_t depth) {
  for (std::size_t index = 0; index < columns.size(); ++index) {
    if (index > 0) {
      if (const auto error = container.reset().error()) return broken(error);
    }
    const bool taken = put_inside(container, *columns[index], depth);
    trouble_.column = index;
    if (!taken) return false;
  }
  return true;
}

template bool ValueWriter::put_each(ondemand::array&, std::span<ColumnWriter* const>, std::size_t);
template bool ValueWriter::put_each(ondemand::object&, std::span<ColumnWriter* const>, std::size_t);

bool ValueWriter::put_plain(std::string_view token, ColumnWriter& into) {
  if (token == "null") return accepted(into.put_null(), token);
  if (token == "true") return accepted(into.put_bool(true), token);
  if (token == "false") return accepted(into.put_bool(false), token);
  const Number number = read_number(token);
  if (number.kind == Number::Kind::none) return broken(kNoValue);
  return accepted(put_number(number, token, into), token);
}

bool ValueWriter::put_text(ondemand::value& value, std::string_view token, ColumnWriter& into) {
  ondemand::raw_json_string raw;
  if (const auto error = value.get_raw_json_string().get(raw)) return broken(error);
  std::string_view text = token.substr(1, token.size() - 2);
  if (text.size() > limits_.max_string_bytes) {
    trouble_.kind = Trouble::Kind::too_long;
    trouble_.bytes = text.size();
    return false;
  }
  const bool has_escapes = std::memchr(text.data(), '\\', text.size()) != nullptr;
  if (has_escapes && !unescape(raw, text)) return false;
  return accepted(into.put_text(text), token);
}

bool ValueWriter::put_inside(ondemand::array& array, ColumnWriter& into, std::size_t depth) {
  if (depth > limits_.max_depth) return too_deep();
  switch (into.shape()) {
    case Shape::list: return put_elements(array, into, depth);
    case Shape::record: return put_by_position(array, into, depth);
    case Shape::choice: return put_into_member(array, into, depth);
    case Shape::scalar: return put_as_text(array, into, depth);
    case Shape::map: break;
  }
  return accepted(Fit::wrong_type, kind_of(array));
}

bool ValueWriter::put_elements(ondemand::array& array, ColumnWriter& into, std::size_t depth) {
  ColumnWriter* const elements[] = {&into.child(0)};
  for (auto element : array) {
    ondemand::value value;
    if (const auto error = std::move(element).get(value)) return broken(error);
    if (!put(value, elements, depth)) return false;
  }
  return accepted(into.end(), kind_of(array));
}

bool ValueWriter::put_by_position(ondemand::array& array, ColumnWriter& into, std::size_t depth) {
  std::size_t position = 0;
  for (auto element : array) {
    ondemand::value value;
    if (const auto error = std::move(element).get(value)) return broken(error);
    if (position == into.children()) return accepted(Fit::wrong_type, kLongArray);
    ColumnWriter* const element_column[] = {&into.child(position++)};
    if (!put(value, element_column, depth)) return false;
  }
  return accepted(into.end(), kShortArray);
}

bool ValueWriter::put_inside(ondemand::object& object, ColumnWriter& into, std::size_t depth) {
  if (depth > limits_.max_depth) return too_deep();
  switch (into.shape()) {
    case Shape::map: return put_entries(object, into, depth);
    case Shape::record: return put_by_name(object, into, depth);
    case Shape::choice: return put_into_member(object, into, depth);
    case Shape::scalar: return put_as_text(object, into, depth);
    case Shape::list: break;
  }
  return accepted(Fit::wrong_type, kind_of(object));
}

bool ValueWriter::put_entries(ondemand::object& object, ColumnWriter& into, std::size_t depth) {
  ColumnWriter* const values[] = {&into.child(1)};
  for (auto entry : object) {
    ondemand::field field;
    if (const auto error = std::move(entry).get(field)) return broken(error);
    std::string_view key;
    if (!unescape(field.key(), key)) return false;
    if (const Fit fit = into.child(0).put_text(key); fit != Fit::ok) return accepted(fit, key);
    if (!put(field.value(), values, depth)) return false;
  }
  return accepted(into.end(), kind_of(object));
}

bool ValueWriter::put_by_name(ondemand::object& object, ColumnWriter& into, std::size_t depth) {
  const std::size_t row = into.rows();
  std::size_t known = 0;
  std::size_t unknown = 0;
  for (auto entry : object) {
    ondemand::field field;
    if (const auto error = std::move(entry).get(field)) return broken(error);
    std::string_view name;
    if (!unescape(field.key(), name)) return false;
    const int index = into.child_index(name);
    if (index < 0) {
      ++unknown;
      if (!skip(field.value(), depth)) return false;
      continue;
    }
    ++known;
    ColumnWriter* const element[] = {&into.child(static_cast<std::size_t>(index))};
    const bool given_twice = element[0]->rows() > row;
    if (given_twice) element[0]->truncate(row);  // the last one counts
    if (!put(field.value(), element, depth)) return false;
  }
  // Else an unnamed Tuple would turn every object into zeroes without a word.
  if (known == 0 && unknown > 0) return accepted(Fit::wrong_type, kForeignObject);
  for (std::size_t index = 0; index < into.children(); ++index) {
    if (into.child(index).rows() == row) into.child(index).put_default();
  }
  return accepted(into.end(), kind_of(object));
}

template <class Container>
bool ValueWriter::put_into_member(Container& container, ColumnWriter& into, std::size_t depth) {
  constexpr bool kIsArray = std::is_same_v<Container, ondemand::array>;
  for (const Shape shape : kIsArray ? kShapesOfArray : kShapesOfObject) {
    for (int at = into.member_for(shape); at >= 0; at = into.member_after(at, shape)) {
      ColumnWriter& member = into.child(static_cast<std::size_t>(at));
      const std::size_t rows = member.rows();
      if (put_inside(container, member, depth)) return accepted(into.end(), kind_of(container));
      if (trouble_.kind != Trouble::Kind::refused) return false;
      member.truncate(rows);
      if (const auto error = container.reset().error()) return broken(error);
    }
  }
  return put_as_text(container, into, depth);
}

/// Columns of text keep a container as the JSON it came as; others refuse it.
template <class Container>
bool ValueWriter::put_as_text(Container& container, ColumnWriter& into, std::size_t depth) {
  if (!skip_inside(container, depth)) return false;
  if (const auto error = container.reset().error()) return broken(error);
  std::string_view json;
  if (const auto error = container.raw_json().get(json)) return broken(error);
  return accepted(into.put_json(without_trailing_blanks(json)), kind_of(container));
}

bool ValueWriter::skip(ondemand::value value, std::size_t depth) {
  const std::string_view token = token_of(value);
  if (token.starts_with('[')) {
    ondemand::array array;
    if (const auto error = value.get_array().get(array)) return broken(error);
    return skip_inside(array, depth + 1);
  }
  if (token.starts_with('{')) {
    ondemand::object object;
    if (const auto error = value.get_object().get(object)) return broken(error);
    return skip_inside(object, depth + 1);
  }
  if (token.starts_with('"')) {
    const auto error = value.get_raw_json_string().error();
    return !error || broken(error);
  }
  const bool is_literal = token == "null" || token == "true" || token == "false";
  return is_literal || read_number(token).kind != Number::Kind::none || broken(kNoValue);
}

bool ValueWriter::skip_inside(ondemand::array& array, std::size_t depth) {
  if (depth > limits_.max_depth) return too_deep();
  for (auto element : array) {
    ondemand::value value;
    if (const auto error = std::move(element).get(value)) return broken(error);
    if (!skip(value, depth)) return false;
  }
  return true;
}

bool ValueWriter::skip_inside(ondemand::object& object, std::size_t depth) {
  if (depth > limits_.max_depth) return too_deep();
  for (auto entry : object) {
    ondemand::field field;
    if (const auto error = std::move(entry).get(field)) return broken(error);
    if (!skip(field.value(), depth)) return false;
  }
  return true;
}

bool ValueWriter::unescape(ondemand::raw_json_string text, std::string_view& out) {
  std::uint8_t* at = unescaped_.data();
  const auto error = parser_->unescape(text, at).get(out);
  return !error || broken(error);
}

bool ValueWriter::accepted(Fit fit, std::string_view found) {
  if (fit == Fit::ok) return true;
  trouble_.kind = Trouble::Kind::refused;
  trouble_.fit = fit;
  trouble_.found = found;
  return false;
}

bool ValueWriter::broken(simdjson::error_code error) { return broken(explain(error)); }

bool ValueWriter::broken(std::string_view what) {
  trouble_.kind = Trouble::Kind::broken;
  trouble_.found = what;
  return false;
}

bool ValueWriter::too_deep() {
  trouble_.kind = Trouble::Kind::too_deep;
  return false;
}

}  // namespace penstock::json
