#include "model/column/ip.h"

#include <arpa/inet.h>

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

Fit Ipv6Column::put_text(std::string_view value) {
  std::uint32_t short_address = 0;
  if (read_ipv4(value, short_address)) return take(mapped(short_address));
  Ipv6 address{};
  return read_ipv6(value, address) ? take(address) : Fit::unreadable;
}

Result<std::unique_ptr<Column>> make_ipv4(const Type& /*type*/) {
  return std::unique_ptr<Column>(std::make_unique<Ipv4Column>());
}

Result<std::unique_ptr<Column>> make_ipv6(const Type& /*type*/) {
  return std::unique_ptr<Column>(std::make_unique<Ipv6Column>());
}

}  // namespace penstock
