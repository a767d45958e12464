#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <memory>
#include <utility>

#include "model/column/fixed_width.h"
#include "model/column/swar.h"

namespace penstock {

/// Reads four numbers of one to three digits each, at least eight characters in all.
/// What it does not read may still be an address.
[[gnu::always_inline]] inline bool read_usual_ipv4(std::string_view text, std::uint32_t& address) {
  constexpr std::size_t kShortest = 8;
  constexpr std::size_t kLongest = 15;
  const std::size_t size = text.size();
  if (size < kShortest || size > kLongest) return false;
  // The first two points are among the first eight characters, the last among the last.
  const char* const at = text.data();
  const std::uint64_t early = swar::find(swar::load(at), '.');
  const std::uint64_t early_but_first = early & (early - 1);
  const std::uint64_t late = swar::find(swar::load(at + size - 8), '.');
  if (early_but_first == 0 || late == 0) return false;
  const auto first = static_cast<std::size_t>(std::countr_zero(early)) / 8;
  const auto second = static_cast<std::size_t>(std::countr_zero(early_but_first)) / 8;
  const std::size_t third = size - 1 - static_cast<std::size_t>(std::countl_zero(late)) / 8;
  const std::size_t lengths[] = {first, second - first - 1, third - second - 1, size - third - 1};
  // 1 to 4 each; a fourth digit can only be a zero in front.
  if ((((lengths[0] - 1) | (lengths[1] - 1) | (lengths[2] - 1) | (lengths[3] - 1)) &
       ~std::size_t{3}) != 0) {
    return false;
  }
  // Each number's last digit goes to byte 3 of its half word; below its first are zeros.
  const auto load4 = [](const char* from) { return swar::load<std::uint32_t>(from) ^ 0x30303030; };
  const auto blank = [&](std::size_t part) { return 32 - 8 * lengths[part]; };
  const std::uint64_t one = load4(at) << blank(0);
  const std::uint64_t two = load4(at + first + 1) << blank(1);
  const std::uint64_t three = load4(at + third - 4) >> blank(2) << blank(2);
  const std::uint64_t four = load4(at + size - 4) >> blank(3) << blank(3);
  using Words = std::uint64_t __attribute__((vector_size(16)));
  using Halves = std::uint32_t __attribute__((vector_size(16)));
  using Pairs = std::uint16_t __attribute__((vector_size(16)));
  using Octets = std::uint8_t __attribute__((vector_size(16)));
  const Words words{one | two << 32, three | four << 32};
  const auto digits = reinterpret_cast<Octets>(words);
  const auto pairs = reinterpret_cast<Pairs>(words);
  // In each half word a hundred times byte 1; ten times byte 2 plus byte 3.
  const Pairs scaled = (pairs >> 8) * Pairs{100, 1, 100, 1, 100, 1, 100, 1} +
                       (pairs & 0xFF) * Pairs{0, 10, 0, 10, 0, 10, 0, 10};
  const auto sums = reinterpret_cast<Halves>(scaled);
  const Halves numbers = (sums & 0xFFFF) + (sums >> 16);
  constexpr Octets kLimits{0, 9, 9, 9, 0, 9, 9, 9, 0, 9, 9, 9, 0, 9, 9, 9};
  const auto bad =
      reinterpret_cast<Words>(reinterpret_cast<Halves>(digits > kLimits) | (numbers & 0xFFFFFF00));
  if ((bad[0] | bad[1]) != 0) return false;
  const auto found = reinterpret_cast<Words>(numbers);
  address = static_cast<std::uint32_t>(found[0] << 24 | found[0] >> 32 << 16 | found[1] << 8 |
                                       found[1] >> 32);
  return true;
}

/// IPv4, from dotted text, as a whole number (1.2.3.4 is 0x01020304), or as four bytes.
class Ipv4Column final : public FixedWidthColumn<std::uint32_t> {
 public:
  Fit put_int(std::int64_t value) override {
    if (!std::in_range<std::uint32_t>(value)) return Fit::out_of_range;
    return take(static_cast<std::uint32_t>(value));
  }
  Fit put_uint(std::uint64_t value) override {
    if (!std::in_range<std::uint32_t>(value)) return Fit::out_of_range;
    return take(static_cast<std::uint32_t>(value));
  }
  Fit put_text(std::string_view value) override {
    std::uint32_t address = 0;
    return read_usual_ipv4(value, address) ? take(address) : put_unusual_text(value);
  }
  /// Four bytes are the address in network order.
  Fit put_bytes(std::string_view value) override;
  Fit put_number(std::string_view digits) override;

 private:
  Fit put_unusual_text(std::string_view value);
};

/// The address in network order.
using Ipv6 = std::array<std::uint8_t, 16>;

/// IPv6, from its text in any of the usual forms. An IPv4 text becomes the
/// address mapped into IPv6, ::ffff:1.2.3.4.
class Ipv6Column final : public FixedWidthColumn<Ipv6> {
 public:
  Fit put_text(std::string_view value) override;
  /// Sixteen bytes are the address in network order.
  Fit put_bytes(std::string_view value) override;
};

Result<std::unique_ptr<Column>> make_ipv4(const Type& type);
Result<std::unique_ptr<Column>> make_ipv6(const Type& type);

}  // namespace penstock
