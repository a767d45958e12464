#pragma once

#include <array>
#include <cstdint>
#include <memory>

#include "model/column/big_integer.h"
#include "model/column/fixed_width.h"

namespace penstock {

/// Whether a wide type has numbers below zero.
enum class Sign : std::uint8_t { none, two_sided };

/// Int128, UInt128, Int256, UInt256: as the narrower integers, and numbers of a text
/// keep every digit. Bytes of the type's width are the number itself, the lowest first, which
/// is how ClickHouse writes one into Avro.
template <int bits, Sign sign>
class WideNumberColumn final
    : public FixedWidthColumn<std::array<std::uint64_t, static_cast<std::size_t>(bits / 64)>> {
 public:
  Fit put_int(std::int64_t value) override { return put_big(value); }
  Fit put_uint(std::uint64_t value) override { return put_big(value); }
  Fit put_bool(bool value) override { return put_big(int{value}); }
  Fit put_real(double value) override;
  Fit put_text(std::string_view value) override;
  Fit put_bytes(std::string_view value) override;
  Fit put_number(std::string_view digits) override { return put_text(digits); }
  bool wants_digits() const noexcept override { return true; }

 private:
  static constexpr BigInteger kBeyond =
      BigInteger(1).shifted(static_cast<unsigned>(sign == Sign::none ? bits : bits - 1));
  static constexpr BigInteger kLeast = sign == Sign::none ? BigInteger(0) : -kBeyond;

  Fit put_big(const BigInteger& value) {
    if (value < kLeast || value >= kBeyond) return Fit::out_of_range;
    return this->take(value.low<static_cast<std::size_t>(bits / 64)>());
  }
};

template <int bits, Sign sign>
Result<std::unique_ptr<Column>> make_wide_number(const Type& type);

}  // namespace penstock
