#include "formats/json/observe.h"

#include <fmt/format.h>

#include <cstdint>
#include <vector>

#include "formats/json/blanks.h"
#include "formats/json/client.h"
#include "formats/json/explain.h"
#include "formats/json/number.h"
#include "formats/json/padded_text.h"

namespace penstock {
namespace {

using namespace json;

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
// A JSON text cannot begin with these: a schema's number or GUID stands in front (Confluent).
constexpr std::size_t kNumberFrame = 5;
constexpr std::size_t kGuidFrame = 17;

std::string_view without_frame(std::string_view message) {
  std::size_t frame = 0;
  if (message.starts_with('\0')) frame = kNumberFrame;
  if (message.starts_with('\1')) frame = kGuidFrame;
  message.remove_prefix(std::min(frame, message.size()));
  if (message.starts_with(kByteOrderMark)) message.remove_prefix(kByteOrderMark.size());
  return message;
}

/// Takes the object or array that `rest` begins with, to its closing bracket.
std::string_view take_container(std::string_view& rest) {
  std::size_t depth = 0;
  bool in_text = false;
  std::size_t at = 0;
  for (; at < rest.size(); ++at) {
    const char c = rest[at];
    if (in_text && c == '\\') {
      ++at;
    } else if (c == '"') {
      in_text = !in_text;
    } else if (!in_text && (c == '{' || c == '[')) {
      ++depth;
    } else if (!in_text && (c == '}' || c == ']') && --depth == 0) {
      break;
    }
  }
  const std::string_view taken = rest.substr(0, at + 1);
  rest.remove_prefix(taken.size());
  return taken;
}

}  // namespace

class JsonObserver::Walk {
 public:
  explicit Walk(RecordLimits limits) : limits_(limits), parser_(limits.max_message_bytes) {}

  const RecordLimits& limits() const noexcept { return limits_; }
  const std::string& trouble() const noexcept { return trouble_; }

  /// One object or array of objects. False: see trouble().
  bool add_rows(std::string_view text, Observation& rows);

 private:
  bool add_array_of_rows(ondemand::document& document, Observation& rows);
  bool add_object(ondemand::object object, Observation& into, std::size_t depth);
  bool add_array(ondemand::array array, Observation& into, std::size_t depth);
  bool add_value(ondemand::value value, Observation& into, std::size_t depth);
  bool add_text(ondemand::value& value, Observation& into);
  bool unescape(ondemand::raw_json_string text, std::string_view& out);

  bool broken(simdjson::error_code error) { return broken(explain(error)); }
  bool broken(std::string_view what) {
    trouble_ = what;
    return false;
  }

  const RecordLimits limits_;
  ondemand::parser parser_;
  PaddedText text_;
  std::vector<std::uint8_t> unescaped_;
  std::string trouble_;
};

bool JsonObserver::Walk::add_rows(std::string_view text, Observation& rows) {
  unescaped_.resize(text.size() + simdjson::SIMDJSON_PADDING);
  ondemand::document document;
  if (const auto error = parser_.iterate(text_.copy(text)).get(document)) return broken(error);
  if (text.starts_with('[')) return add_array_of_rows(document, rows);
  ondemand::object object;
  if (const auto error = document.get_object().get(object)) {
    return broken(error == simdjson::INCORRECT_TYPE ? "it is not an object" : explain(error));
  }
  return add_object(object, rows, 1);
}

bool JsonObserver::Walk::add_array_of_rows(ondemand::document& document, Observation& rows) {
  ondemand::array array;
  if (const auto error = document.get_array().get(array)) return broken(error);
  for (auto element : array) {
    ondemand::object object;
    if (const auto error = element.get_object().get(object)) {
      return broken(error == simdjson::INCORRECT_TYPE ? "an element is not an object"
                                                      : explain(error));
    }
    if (!add_object(object, rows, 2)) return false;
  }
  return true;
}

bool JsonObserver::Walk::add_object(ondemand::object object, Observation& into, std::size_t depth) {
  if (depth > limits_.max_depth) return broken("it nests too deep");
  into.add_record();
  for (auto entry : object) {
    ondemand::field field;
    if (const auto error = std::move(entry).get(field)) return broken(error);
    std::string_view key;
    if (!unescape(field.key(), key)) return false;
    if (!add_value(field.value(), into.add_field(key), depth)) return false;
  }
  return true;
}

bool JsonObserver::Walk::add_array(ondemand::array array, Observation& into, std::size_t depth) {
  if (depth > limits_.max_depth) return broken("it nests too deep");
  into.add_list();
  for (auto element : array) {
    ondemand::value value;
    if (const auto error = std::move(element).get(value)) return broken(error);
    if (!add_value(value, into.add_element(), depth)) return false;
  }
  return true;
}

bool JsonObserver::Walk::add_value(ondemand::value value, Observation& into, std::size_t depth) {
  const std::string_view token = without_trailing_blanks(value.raw_json_token());
  if (token.starts_with('{')) {
    ondemand::object object;
    if (const auto error = value.get_object().get(object)) return broken(error);
    return add_object(object, into, depth + 1);
  }
  if (token.starts_with('[')) {
    ondemand::array array;
    if (const auto error = value.get_array().get(array)) return broken(error);
    return add_array(array, into, depth + 1);
  }
  if (token.starts_with('"')) return add_text(value, into);
  if (token == "null") {
    into.add_null();
  } else if (token == "true" || token == "false") {
    into.add_boolean(token == "true");
  } else if (read_number(token).kind != Number::Kind::none) {
    into.add_number(token);
  } else {
    return broken("a value is missing or not spelled as JSON");
  }
  return true;
}

bool JsonObserver::Walk::add_text(ondemand::value& value, Observation& into) {
  ondemand::raw_json_string raw;
  if (const auto error = value.get_raw_json_string().get(raw)) return broken(error);
  std::string_view text;
  if (!unescape(raw, text)) return false;
  into.add_text(text);
  return true;
}

bool JsonObserver::Walk::unescape(ondemand::raw_json_string text, std::string_view& out) {
  std::uint8_t* at = unescaped_.data();
  const auto error = parser_.unescape(text, at).get(out);
  return !error || broken(error);
}

JsonObserver::JsonObserver(RecordLimits limits) : walk_(std::make_unique<Walk>(limits)) {}
JsonObserver::~JsonObserver() = default;

std::optional<std::string> JsonObserver::observe(std::string_view message, Observation& rows) {
  if (message.size() > walk_->limits().max_message_bytes) {
    return fmt::format("the message has {} bytes, the limit is {}", message.size(),
                       walk_->limits().max_message_bytes);
  }
  std::string_view rest = without_leading_blanks(without_frame(message));
  if (rest.empty()) return "the message is empty";
  Observation seen;
  while (!rest.empty()) {
    if (rest.front() != '{' && rest.front() != '[') {
      return "the message is not JSON objects: it begins with something else";
    }
    if (!walk_->add_rows(take_container(rest), seen)) {
      return "the message is not JSON objects: " + walk_->trouble();
    }
    rest = without_leading_blanks(rest);
  }
  rows.merge(seen);
  return std::nullopt;
}

}  // namespace penstock
