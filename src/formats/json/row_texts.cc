#include "formats/json/row_texts.h"

#include "formats/json/blanks.h"
#include "formats/json/explain.h"
#include "formats/json/text_scan.h"

namespace penstock::json {
namespace {

/// Behind the quote that closes the text whose first byte is at `at`, or beyond `last`.
const char* find_closing_quote(const char* at, const char* last) {
  while (at <= last) {
    const char* const end = find_text_end(at, last).at;
    if (end > last || *end == '"') return end + 1;
    at = *end == '\\' ? end + 2 : end + 1;
  }
  return at;
}

/// How much of `text`, which begins with a bracket, there is until that one is closed.
std::size_t bracket_length(std::string_view text) {
  const char* const last = &text.back();
  std::size_t open = 0;
  const char* at = text.data();
  while (at <= last) {
    const char c = *at++;
    if (c == '"') at = find_closing_quote(at, last);
    if (c == '{' || c == '[') ++open;
    if ((c == '}' || c == ']') && --open == 0) return static_cast<std::size_t>(at - text.data());
  }
  return text.size();
}

}  // namespace

RowTexts::RowTexts(std::string_view message)
    : rest_(without_trailing_blanks(without_leading_blanks(message))) {
  if (!rest_.starts_with('[')) return;
  in_list_ = true;
  rest_ = without_leading_blanks(rest_.substr(1));
}

RowTexts::Next RowTexts::next() {
  const bool is_over = !is_first_ && !step_over();
  if (is_over) return problem_.empty() ? Next::end : Next::broken;
  if (is_first_ && in_list_ && rest_ == "]") return Next::end;
  if (rest_.empty()) return broken(in_list_ ? kNotClosed : kOnlyBlanks);
  if (rest_.front() != '{') {
    if (in_list_) return broken("its list holds something else than objects");
    return broken(is_first_ ? "it begins with something else than an object"
                            : "more text follows the object");
  }
  is_first_ = false;
  row_ = rest_.substr(0, bracket_length(rest_));
  rest_ = without_leading_blanks(rest_.substr(row_.size()));
  return Next::row;
}

bool RowTexts::step_over() {
  if (rest_.starts_with(',')) {
    rest_ = without_leading_blanks(rest_.substr(1));
    if (rest_.empty()) problem_ = "a comma at its end";
    return problem_.empty();
  }
  if (!in_list_) return !rest_.empty();
  if (rest_ == "]") return false;
  if (rest_.empty()) {
    problem_ = kNotClosed;
  } else {
    problem_ = rest_.starts_with(']') ? "more text follows the list" : kMisplaced;
  }
  return false;
}

RowTexts::Next RowTexts::broken(std::string_view problem) {
  problem_ = problem;
  return Next::broken;
}

}  // namespace penstock::json
