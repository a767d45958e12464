#include "model/column/ip.h"

#include <arpa/inet.h>

#include <cstring>

#include "model/column/number.h"

namespace penstock {
namespace {

/// Four numbers up to 255, each with as many leading zeros as it likes.
bool read_ipv4(std::string_view text, std::uint32_t& address) {
  int parts = 1;
  int digits = 0;
  std::uint32_t part = 0;
  for (const char c : text) {
    if (c == '.' && digits > 0 && parts < 4) {
      address = address << 8 | part;
      part = 0;
      digits = 0;
      ++parts;
    } else if (c >= '0' && c <= '9') {
      part = part * 10 + static_cast<std::uint32_t>(c - '0');
      if (part > 255) return false;
      digits = 1;
    } else {
      return false;
    }
  }
  address = address << 8 | part;
  return parts == 4 && digits > 0;
}

/// 0 to 15, or more when it is no hex digit.
constexpr std::array<std::uint8_t, 256> kHexValues = [] {
  std::array<std::uint8_t, 256> values{};
  values.fill(0xFF);
  for (std::uint8_t i = 0; i < 10; ++i) values['0' + i] = i;
  for (std::uint8_t i = 0; i < 6; ++i) {
    values['a' + i] = static_cast<std::uint8_t>(10 + i);
    values['A' + i] = static_cast<std::uint8_t>(10 + i);
  }
  return values;
}();

/// Reads eight groups of one to four hex digits, or fewer with one "::" for the rest:
/// what inet_pton() takes, but for a dotted end.
bool read_hex_groups(std::string_view text, Ipv6& address) {
  constexpr std::size_t kGroups = 8;
  std::array<std::uint16_t, kGroups> groups{};
  std::size_t count = 0;
  constexpr std::size_t kNoGap = kGroups + 1;
  std::size_t gap = kNoGap;  // the "::" stands before this group
  const char* at = text.data();
  const char* const end = at + text.size();
  if (text.starts_with("::")) {
    gap = 0;
    at += 2;
  }
  while (at != end) {
    const char* const first = at;
    unsigned group = 0;
    for (; at != end; ++at) {
      const unsigned digit = kHexValues[static_cast<unsigned char>(*at)];
      if (digit > 15) break;
      group = group << 4 | digit;
    }
    if (at == first || at - first > 4 || count == kGroups) return false;
    groups[count++] = static_cast<std::uint16_t>(group);
    if (at == end) break;
    if (*at != ':' || ++at == end) return false;
    if (*at != ':') continue;
    if (gap != kNoGap) return false;
    gap = count;
    ++at;
  }
  const bool has_gap = gap != kNoGap;
  if (has_gap == (count == kGroups)) return false;
  address.fill(0);
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t place = i < gap ? i : i + kGroups - count;
    address[2 * place] = static_cast<std::uint8_t>(groups[i] >> 8);
    address[2 * place + 1] = static_cast<std::uint8_t>(groups[i]);
  }
  return true;
}

bool read_ipv6(std::string_view text, Ipv6& address) {
  char terminated[INET6_ADDRSTRLEN];
  if (text.size() >= sizeof(terminated) || text.find('\0') != std::string_view::npos) return false;
  terminated[text.copy(terminated, text.size())] = '\0';
  return inet_pton(AF_INET6, terminated, address.data()) == 1;
}

Ipv6 mapped(std::uint32_t address) {
  Ipv6 out{};
  out[10] = out[11] = 0xFF;
  for (std::size_t i = 0; i < 4; ++i) {
    out[12 + i] = static_cast<std::uint8_t>(address >> (24 - 8 * i));
  }
  return out;
}

}  // namespace

Fit Ipv4Column::put_unusual_text(std::string_view value) {
  std::uint32_t address = 0;
  return read_ipv4(value, address) ? take(address) : Fit::unreadable;
}

Fit Ipv4Column::put_number(std::string_view digits) {
  std::uint32_t address = 0;
  const Fit fit = read_number(digits, address);
  return fit == Fit::ok ? take(address) : fit;
}

Fit Ipv4Column::put_bytes(std::string_view value) {
  if (value.size() != sizeof(std::uint32_t)) return put_text(value);
  return take(__builtin_bswap32(swar::load<std::uint32_t>(value.data())));
}

Fit Ipv6Column::put_bytes(std::string_view value) {
  Ipv6 address{};
  if (value.size() != address.size()) return put_text(value);
  std::memcpy(address.data(), value.data(), address.size());
  return take(address);
}

Fit Ipv6Column::put_text(std::string_view value) {
  Ipv6 address{};
  if (read_hex_groups(value, address)) return take(address);
  std::uint32_t short_address = 0;
  if (read_ipv4(value, short_address)) return take(mapped(short_address));
  return read_ipv6(value, address) ? take(address) : Fit::unreadable;
}

Result<std::unique_ptr<Column>> make_ipv4(const Type& /*type*/) {
  return std::unique_ptr<Column>(std::make_unique<Ipv4Column>());
}

Result<std::unique_ptr<Column>> make_ipv6(const Type& /*type*/) {
  return std::unique_ptr<Column>(std::make_unique<Ipv6Column>());
}

}  // namespace penstock
