#pragma once

#include <array>
#include <cstdint>
#include <memory>

#include "model/column/fixed_width.h"
#include "model/column/swar.h"

namespace penstock {

/// The first and the last 16 hex digits, each a number: Native's order.
using Uuid = std::array<std::uint64_t, 2>;

/// Sixteen hex digits as the number they spell; false when one is none. `first` and
/// `last` are eight characters each, as swar::load() gives them.
inline bool read_hex(std::uint64_t first, std::uint64_t last, std::uint64_t& number) {
  using Words = std::uint64_t __attribute__((vector_size(16)));
  using Octets = std::uint8_t __attribute__((vector_size(16)));
  using Pairs = std::uint16_t __attribute__((vector_size(16)));
  using Packed = std::uint8_t __attribute__((vector_size(8)));

  const auto chars = reinterpret_cast<Octets>(Words{first, last});
  const Octets digit = chars - '0';
  const Octets letter = (chars | 0x20) - 'a';
  const auto is_digit = reinterpret_cast<Octets>(digit < 10);
  const auto is_letter = reinterpret_cast<Octets>(letter < 6);
  const auto known = reinterpret_cast<Words>(is_digit | is_letter);
  if ((known[0] & known[1]) != ~std::uint64_t{0}) return false;

  const Octets values = (digit & is_digit) | ((letter + 10) & is_letter);
  const auto pairs = reinterpret_cast<Pairs>(values);
  const auto bytes = __builtin_convertvector((pairs << 4 | pairs >> 8) & 0xFF, Packed);
  std::memcpy(&number, &bytes, sizeof(number));
  number = __builtin_bswap64(number);
  return true;
}

/// UUID, from 32 hex digits with dashes in the usual four places or without any, or as
/// bytes.
class UuidColumn final : public FixedWidthColumn<Uuid> {
 public:
  Fit put_text(std::string_view value) override {
    return value.size() == 36 ? put_dashed(value.data()) : put_plain(value);
  }
  /// Sixteen bytes are the number itself, the highest first.
  Fit put_bytes(std::string_view value) override;

 private:
  Fit put_dashed(const char* at) {
    using swar::load;
    constexpr std::uint64_t kDashesFrom8 = '-' | std::uint64_t{'-'} << 40;
    constexpr std::uint64_t kDashesFrom16 = std::uint64_t{'-'} << 16 | std::uint64_t{'-'} << 56;
    if ((load(at + 8) & 0xFF00000000FF) != kDashesFrom8 ||
        (load(at + 16) & 0xFF00000000FF0000) != kDashesFrom16) {
      return Fit::unreadable;
    }
    const auto fours = [](const char* first, const char* second) {
      return load<std::uint32_t>(first) | std::uint64_t{load<std::uint32_t>(second)} << 32;
    };
    Uuid uuid;
    const bool good = read_hex(load(at), fours(at + 9, at + 14), uuid[0]) &&
                      read_hex(fours(at + 19, at + 24), load(at + 28), uuid[1]);
    return good ? take(uuid) : Fit::unreadable;
  }
  Fit put_plain(std::string_view value);
};

Result<std::unique_ptr<Column>> make_uuid(const Type& type);

}  // namespace penstock
