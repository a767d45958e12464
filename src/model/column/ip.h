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
inline bool read_usual_ipv4(std::string_view text, std::uint32_t& address) {
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
  for (const std::size_t length : lengths) {
    if (length - 1 > 2) return false;
  }
  // Each number's last digit goes to byte 3 of its half word; below its first are zeros.
  const auto load4 = [](const char* from) { return swar::load<std::uint32_t>(from) ^ 0x30303030; };
  const auto blank = [&](std::size_t part) { return 32 - 8 * lengths[part]; };
  const std::uint64_t one = load4(at) << blank(0);
  const std::uint64_t two = load4(at + first + 1) << blank(1);
  const std::uint64_t three = load4(at + third - 4) >> blank(2) << blank(2);
  const std::uint64_t four = load4(at + size - 4) >> blank(3) << blank(3);
  const std::uint64_t front = one | two << 32;
  const std::uint64_t back = three | four << 32;
  if (!swar::are_digits(front) || !swar::are_digits(back)) return false;
  const auto numbers = [](std::uint64_t digits) {
    constexpr std::uint64_t kLowBytes = 0x000000FF000000FF;
    return (digits >> 8 & kLowBytes) * 100 + (digits >> 16 & kLowBytes) * 10 +
           (digits >> 24 & kLowBytes);
  };
  const std::uint64_t upper = numbers(front);
  const std::uint64_t lower = numbers(back);
  if (((upper | lower) & 0xFFFFFF00FFFFFF00) != 0) return false;
  address = static_cast<std::uint32_t>(upper << 24 | upper >> 32 << 16 | lower << 8 | lower >> 32);
  return true;
}

/// IPv4, from dotted text or as a whole number: 1.2.3.4 is 0x01020304.
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
};

Result<std::unique_ptr<Column>> make_ipv4(const Type& type);
Result<std::unique_ptr<Column>> make_ipv6(const Type& type);

}  // namespace penstock
