#include "model/column/boolean.h"

#include <algorithm>

#include "model/column/number.h"

namespace penstock {
namespace {

struct Word {
  std::string_view text;
  bool value;
};

constexpr Word kWords[] = {
    {"true", true},    {"false", false},    {"1", true},      {"0", false},
    {"t", true},       {"f", false},        {"yes", true},    {"no", false},
    {"y", true},       {"n", false},        {"on", true},     {"off", false},
    {"enabled", true}, {"disabled", false}, {"enable", true}, {"disable", false},
};

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

}  // namespace

Fit BooleanColumn::put_text(std::string_view value) {
  for (const Word& word : kWords) {
    if (std::ranges::equal(value, word.text, {}, lower)) return put_bool(word.value);
  }
  return Fit::unreadable;
}

Fit BooleanColumn::put_number(std::string_view digits) {
  double number = 0;
  const Fit fit = read_number(digits, number);
  return fit == Fit::ok ? put_real(number) : fit;
}

Result<std::unique_ptr<Column>> make_boolean(const Type& /*type*/) {
  return std::unique_ptr<Column>(std::make_unique<BooleanColumn>());
}

}  // namespace penstock
