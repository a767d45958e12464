#pragma once

#include <cstdint>
#include <memory>

#include "model/column/fixed_width.h"

namespace penstock {

/// BFloat16: the upper half of a Float32. Digits that have no place are cut off, as
/// ClickHouse does; a finite value never becomes infinite.
class BFloatColumn final : public FixedWidthColumn<std::uint16_t> {
 public:
  Fit put_int(std::int64_t value) override { return take_upper(static_cast<float>(value)); }
  Fit put_uint(std::uint64_t value) override { return take_upper(static_cast<float>(value)); }
  Fit put_bool(bool value) override { return take_upper(value ? 1.0F : 0.0F); }
  Fit put_real(double value) override;
  Fit put_text(std::string_view value) override;
  Fit put_number(std::string_view digits) override { return put_text(digits); }

 private:
  Fit take_upper(float value);
};

Result<std::unique_ptr<Column>> make_bfloat(const Type& type);

}  // namespace penstock
