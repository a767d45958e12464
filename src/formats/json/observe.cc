#include "formats/json/observe.h"

#include <fmt/format.h>

#include <cstdint>
#include <vector>

#include "formats/json/blanks.h"
#include "formats/json/client.h"
#include "formats/json/explain.h"
#include "formats/json/number.h"
#include "formats/json/padded_text.h"
#include "formats/json/row_texts.h"

namespace penstock {
using namespace json;

class JsonObserver::Walk {
 public:
  explicit Walk(RecordLimits limits) : limits_(limits), parser_(limits.max_message_bytes) {}

  const std::string& trouble() const noexcept { return trouble_; }

  /// Every row of a message without its frame. False: see trouble().
  bool add_rows(std::string_view message, Observation& rows);

 private:
  bool add_row(std::string_view row, Observation& rows);
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

bool JsonObserver::Walk::add_rows(std::string_view message, Observation& rows) {
  unescaped_.resize(message.size() + simdjson::SIMDJSON_PADDING);
  const simdjson::padded_string_view padded = text_.copy(message);
  RowTexts texts({padded.data(), padded.size()});
  for (RowTexts::Next next = texts.next(); next != RowTexts::Next::end; next = texts.next()) {
    if (next == RowTexts::Next::broken) return broken(texts.problem());
    if (!add_row(texts.row(), rows)) return false;
  }
  return true;
}

/// What follows the row in the message pads it.
bool JsonObserver::Walk::add_row(std::string_view row, Observation& rows) {
  const std::size_t readable = row.size() + simdjson::SIMDJSON_PADDING;
  ondemand::document document;
  const simdjson::padded_string_view padded(row.data(), row.size(), readable);
  if (const auto error = parser_.iterate(padded).get(document)) return broken(error);
  ondemand::object object;
  if (const auto error = document.get_object().get(object)) return broken(error);
  return add_object(object, rows, 1);
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

JsonObserver::JsonObserver(RecordLimits limits)
    : limits_(limits), texts_(limits.max_message_bytes), walk_(std::make_unique<Walk>(limits)) {}
JsonObserver::~JsonObserver() = default;

std::optional<std::string> JsonObserver::observe(const RecordView& record, Observation& rows) {
  if (record.value.empty()) return "the message is empty";
  if (record.value.size() > limits_.max_message_bytes) {
    return fmt::format("the message has {} bytes, the limit is {}", record.value.size(),
                       limits_.max_message_bytes);
  }
  std::string_view message;
  if (auto refusal = texts_.find(record, message)) return std::move(refusal->detail);
  Observation seen;
  if (!walk_->add_rows(message, seen)) {
    return "the message is not JSON objects: " + walk_->trouble();
  }
  rows.merge(seen);
  return std::nullopt;
}

}  // namespace penstock
