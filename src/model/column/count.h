#pragma once

#include <cstdint>
#include <string_view>
#include <utility>

#include "model/column/decimal_text.h"
#include "model/column/fixed_width.h"
#include "model/column/number.h"

namespace penstock {

/// A column of whole counts, of days or ticks: however a number is given, it is one that
/// `put_int()` takes, or out_of_range.
template <class T>
class CountColumn : public FixedWidthColumn<T> {
 public:
  Fit put_uint(std::uint64_t count) override {
    if (!std::in_range<std::int64_t>(count)) return Fit::out_of_range;
    return this->put_int(static_cast<std::int64_t>(count));
  }
  Fit put_real(double count) override {
    std::int64_t whole = 0;
    const Fit fit = exact_integer(count, whole);
    return fit == Fit::ok ? this->put_int(whole) : fit;
  }
  Fit put_number(std::string_view digits) override {
    std::int64_t count = 0;
    const Fit fit = read_number(digits, count);
    return fit == Fit::ok ? this->put_int(count) : fit;
  }
};

}  // namespace penstock
