#pragma once

#include <initializer_list>
#include <span>
#include <string_view>
#include <vector>

#include "difference.h"

namespace penstock::oracle {

/// A difference we want, and why. Patterns are regular expressions that must occur; an empty
/// `ours` or `theirs` means that this side took the message.
struct Exception {
  std::string_view name;
  std::string_view reason;
  std::string_view type;                      // of the column
  std::string_view value;                     // of the field as the message has it
  std::string_view ours;                      // our refusal
  std::string_view theirs;                    // ClickHouse's refusal
  bool (*also)(const Difference&) = nullptr;  // what patterns cannot say
  /// A table and a message that show it, as Format::example reads it: every run begins with them.
  std::string_view example_columns;
  std::string_view example;
  std::string_view example_schema = {};  // of formats that have one
};

/// The value in our "… cannot take 300: out of range" or "… cannot read "x"".
std::string_view found_by_us(const Difference& difference);

/// All of them, in this order.
std::vector<Exception> joined(std::initializer_list<std::span<const Exception>> parts);

/// The first that covers the difference, or null.
const Exception* find_exception(std::span<const Exception> exceptions,
                                const Difference& difference);

}  // namespace penstock::oracle
