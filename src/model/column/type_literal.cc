#include "model/column/type_literal.h"

#include <charconv>

namespace penstock {

Result<int> literal_number(const Type& type, std::size_t index, int least, int most) {
  const std::string text = index < type.literals.size() ? type.literals[index] : "nothing";
  int number = 0;
  const char* end = text.data() + text.size();
  const auto [stop, problem] = std::from_chars(text.data(), end, number);
  if (problem == std::errc{} && stop == end && number >= least && number <= most) return number;
  return unusable_type(type, "argument " + std::to_string(index + 1) + " should be a number from " +
                                 std::to_string(least) + " to " + std::to_string(most) +
                                 ", found " + text);
}

Error unusable_type(const Type& type, std::string_view reason) {
  return Error{
      .fault = Fault::user,
      .recovery = Recovery::stop,
      .code = "pipe.mapping",
      .message = "the type " + to_string(type) + " cannot be used: " + std::string(reason)};
}

}  // namespace penstock
