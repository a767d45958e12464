#pragma once

#include <cstdint>
#include <memory>

#include "model/column/fixed_width.h"

namespace penstock {

/// Bool: one byte, 1 or 0. Takes the numbers 0 and 1, and the words ClickHouse
/// reads in its text formats (true, t, yes, y, on, enable, enabled, 1 and their
/// opposites), in any case of letters.
class BooleanColumn final : public FixedWidthColumn<std::uint8_t> {
 public:
  Fit put_int(std::int64_t value) override {
    return value == 0 || value == 1 ? put_bool(value == 1) : Fit::out_of_range;
  }
  Fit put_uint(std::uint64_t value) override {
    return value <= 1 ? put_bool(value == 1) : Fit::out_of_range;
  }
  Fit put_real(double value) override {
    return value == 0 || value == 1 ? put_bool(value == 1) : Fit::out_of_range;
  }
  Fit put_bool(bool value) override { return take(value ? 1 : 0); }
  Fit put_text(std::string_view value) override;
  Fit put_number(std::string_view digits) override;
};

Result<std::unique_ptr<Column>> make_boolean(const Type& type);

}  // namespace penstock
