#include "model/column/uuid.h"

namespace penstock {
namespace {

constexpr std::uint8_t kNoDigit = 0xFF;

constexpr std::array<std::uint8_t, 256> kHexValues = [] {
  std::array<std::uint8_t, 256> values{};
  values.fill(kNoDigit);
  for (std::uint8_t i = 0; i < 10; ++i) values['0' + i] = i;
  for (std::uint8_t i = 0; i < 6; ++i) {
    values['a' + i] = static_cast<std::uint8_t>(10 + i);
    values['A' + i] = static_cast<std::uint8_t>(10 + i);
  }
  return values;
}();

/// Shifts the digits into `half`; false when one is no hex digit.
bool read_hex(std::string_view digits, std::uint64_t& half) {
  unsigned seen = 0;
  for (const char c : digits) {
    const std::uint8_t value = kHexValues[static_cast<unsigned char>(c)];
    seen |= value;
    half = half << 4 | (value & 0xF);
  }
  return seen <= 0xF;
}

bool read_uuid(std::string_view text, Uuid& uuid) {
  auto& [first, last] = uuid;
  if (text.size() == 32)
    return read_hex(text.substr(0, 16), first) && read_hex(text.substr(16), last);
  if (text.size() != 36) return false;
  if (text[8] != '-' || text[13] != '-' || text[18] != '-' || text[23] != '-') return false;
  return read_hex(text.substr(0, 8), first) && read_hex(text.substr(9, 4), first) &&
         read_hex(text.substr(14, 4), first) && read_hex(text.substr(19, 4), last) &&
         read_hex(text.substr(24), last);
}

}  // namespace

Fit UuidColumn::put_text(std::string_view value) {
  Uuid uuid{};
  return read_uuid(value, uuid) ? take(uuid) : Fit::unreadable;
}

Result<std::unique_ptr<Column>> make_uuid(const Type& /*type*/) {
  return std::unique_ptr<Column>(std::make_unique<UuidColumn>());
}

}  // namespace penstock
