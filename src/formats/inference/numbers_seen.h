#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <string_view>

#include "model/column/wide_integer.h"

namespace penstock {

/// What numbers a field had, as far as the choice of a type needs to know.
struct NumbersSeen {
  std::uint64_t integers = 0;  // spelt without fraction and exponent
  std::uint64_t reals = 0;

  /// Of the integers that fit into 64 bits, signed or not.
  Int128 lowest = std::numeric_limits<Int128>::max();
  Int128 highest = std::numeric_limits<Int128>::min();
  bool has_wider_integers = false;  // than 64 bits

  int most_digits = 0;  // that count: zeros at either end do not
  int most_whole_digits = 0;
  int most_fraction_digits = 0;
  bool beyond_double = false;  // 1e400

  std::uint64_t count() const noexcept { return integers + reals; }
  /// A number as JSON spells it.
  void add(std::string_view token);
  void merge(const NumbersSeen& other);
};

}  // namespace penstock
