#include "model/scalar_text.h"

#include <fmt/format.h>

#include <bit>
#include <chrono>
#include <cmath>
#include <cstdint>

#include "base/check.h"

namespace penstock {
namespace {

std::string quoted(std::string_view plain) { return '"' + std::string(plain) + '"'; }

/// A number of `bytes` bytes, two's complement where it is signed, times 10^-scale.
std::string wide_text(std::string_view bytes, bool is_signed, std::size_t scale) {
  const bool negative = is_signed && static_cast<signed char>(bytes.back()) < 0;
  std::string rest(bytes);
  unsigned carry = 1;
  for (char& byte : rest) {
    if (!negative) break;
    carry += static_cast<unsigned char>(~byte);
    byte = static_cast<char>(carry);
    carry >>= 8;
  }
  std::string digits;
  while (rest.find_first_not_of('\0') != std::string::npos) {
    unsigned digit = 0;
    for (std::size_t at = rest.size(); at-- > 0;) {
      digit = digit << 8 | static_cast<unsigned char>(rest[at]);
      rest[at] = static_cast<char>(digit / 10);
      digit %= 10;
    }
    digits.insert(digits.begin(), static_cast<char>('0' + digit));
  }
  if (digits.size() <= scale) digits.insert(0, scale + 1 - digits.size(), '0');
  if (scale > 0) digits.insert(digits.size() - scale, 1, '.');
  return (negative ? "-" : "") + digits;
}

std::string date_text(std::int64_t days) {
  const std::chrono::sys_days day{std::chrono::days(days)};
  const std::chrono::year_month_day date{day};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

/// In UTC, whatever the column's time zone: that is what travels.
std::string moment_text(std::int64_t ticks, std::size_t scale) {
  std::int64_t per_second = 1;
  for (std::size_t digit = 0; digit < scale; ++digit) per_second *= 10;
  std::int64_t seconds = ticks / per_second;
  std::int64_t fraction = ticks % per_second;
  if (fraction < 0) {
    fraction += per_second;
    --seconds;
  }
  const std::int64_t days = seconds >= 0 ? seconds / 86'400 : -((86'399 - seconds) / 86'400);
  const std::int64_t clock = seconds - days * 86'400;
  std::string text = fmt::format("{} {:02}:{:02}:{:02}", date_text(days), clock / 3600,
                                 clock / 60 % 60, clock % 60);
  if (scale > 0) text += fmt::format(".{:0{}}", fraction, scale);
  return text;
}

std::string ipv6_text(std::string_view bytes) {
  std::string text;
  for (std::size_t at = 0; at < 16; at += 2) {
    const unsigned group =
        static_cast<unsigned char>(bytes[at]) * 256u + static_cast<unsigned char>(bytes[at + 1]);
    text += fmt::format("{}{:x}", at == 0 ? "" : ":", group);
  }
  return text;
}

std::string enum_text(const Type& type, int value) {
  for (const std::string& entry : type.literals) {  // 'name' = 1
    const std::size_t equals = entry.rfind('=');
    if (std::stoi(entry.substr(equals + 1)) != value) continue;
    return json_string(unquote(entry.substr(0, entry.find_last_not_of(' ', equals - 1) + 1)));
  }
  return std::to_string(value);
}

template <class T>
std::string float_text(T value) {
  return std::isfinite(value) ? fmt::format("{}", value) : quoted(fmt::format("{}", value));
}

std::string uuid_text(NativeCursor& from) {
  const auto high = from.number<std::uint64_t>();
  const auto low = from.number<std::uint64_t>();
  return fmt::format("{:08x}-{:04x}-{:04x}-{:04x}-{:012x}", high >> 32, high >> 16 & 0xFFFF,
                     high & 0xFFFF, low >> 48, low & 0xFFFFFFFFFFFF);
}

std::string ipv4_text(std::uint32_t ip) {
  return fmt::format("{}.{}.{}.{}", ip >> 24, ip >> 16 & 255, ip >> 8 & 255, ip & 255);
}

std::string decimal_text(NativeCursor& from, std::size_t precision, std::size_t scale) {
  const std::size_t bytes = precision <= 9 ? 4 : precision <= 18 ? 8 : precision <= 38 ? 16 : 32;
  return wide_text(from.take(bytes), true, scale);
}

/// [-]hhh:mm:ss and the digits below.
std::string clock_text(std::int64_t ticks, std::size_t scale) {
  std::int64_t per_second = 1;
  for (std::size_t digit = 0; digit < scale; ++digit) per_second *= 10;
  const std::int64_t size = ticks < 0 ? -ticks : ticks;
  const std::int64_t seconds = size / per_second;
  std::string text = fmt::format("{}{:02}:{:02}:{:02}", ticks < 0 ? "-" : "", seconds / 3600,
                                 seconds / 60 % 60, seconds % 60);
  if (scale > 0) text += fmt::format(".{:0{}}", size % per_second, scale);
  return text;
}

/// How many bytes of well-formed UTF-8 begin here: 1 to 4, or 0.
std::size_t utf8_length(std::string_view text) {
  const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
  const std::size_t length = byte(0) < 0x80   ? 1
                             : byte(0) < 0xC2 ? 0
                             : byte(0) < 0xE0 ? 2
                             : byte(0) < 0xF0 ? 3
                             : byte(0) < 0xF5 ? 4
                                              : 0;
  if (length > text.size()) return 0;
  for (std::size_t at = 1; at < length; ++at) {
    if ((byte(at) & 0xC0) != 0x80) return 0;
  }
  return length;
}

}  // namespace

std::string json_string(std::string_view text) {
  std::string out = "\"";
  while (!text.empty()) {
    const char c = text.front();
    std::size_t length = utf8_length(text);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '\t') {
      out += "\\t";
    } else if (length == 0 || static_cast<unsigned char>(c) < 0x20) {
      out += fmt::format("\\u{:04x}", static_cast<unsigned char>(c));
      length = 1;
    } else {
      out += text.substr(0, length);
    }
    text.remove_prefix(length);
  }
  return out + '"';
}

std::string read_scalar_text(const Type& type, NativeCursor& from) {
  const std::string& name = type.name;
  const auto literal = [&](std::size_t index) {
    return index < type.literals.size() ? std::stoul(type.literals[index]) : 0;
  };
  if (name == "Int8") return fmt::to_string(int{from.number<std::int8_t>()});
  if (name == "Int16") return fmt::to_string(from.number<std::int16_t>());
  if (name == "Int32") return fmt::to_string(from.number<std::int32_t>());
  if (name == "Int64") return fmt::to_string(from.number<std::int64_t>());
  if (name == "UInt8") return fmt::to_string(unsigned{from.number<std::uint8_t>()});
  if (name == "UInt16") return fmt::to_string(from.number<std::uint16_t>());
  if (name == "UInt32") return fmt::to_string(from.number<std::uint32_t>());
  if (name == "UInt64") return fmt::to_string(from.number<std::uint64_t>());
  if (name == "Float32") return float_text(from.number<float>());
  if (name == "Float64") return float_text(from.number<double>());
  if (name == "Bool") return from.number<std::uint8_t>() != 0 ? "true" : "false";
  if (name == "String") return json_string(from.take(from.varint()));
  if (name == "JSON") return std::string(from.take(from.varint()));
  if (name == "FixedString") return json_string(from.take(literal(0)));
  if (name == "Date") return quoted(date_text(from.number<std::uint16_t>()));
  if (name == "Date32") return quoted(date_text(from.number<std::int32_t>()));
  if (name == "DateTime") return quoted(moment_text(from.number<std::uint32_t>(), 0));
  if (name == "DateTime64") return quoted(moment_text(from.number<std::int64_t>(), literal(0)));
  if (name == "Enum8") return enum_text(type, from.number<std::int8_t>());
  if (name == "Enum16") return enum_text(type, from.number<std::int16_t>());
  if (name == "IPv6") return quoted(ipv6_text(from.take(16)));
  if (name == "IPv4") return quoted(ipv4_text(from.number<std::uint32_t>()));
  if (name == "UUID") return quoted(uuid_text(from));
  if (name == "Int128") return wide_text(from.take(16), true, 0);
  if (name == "Int256") return wide_text(from.take(32), true, 0);
  if (name == "UInt128") return wide_text(from.take(16), false, 0);
  if (name == "UInt256") return wide_text(from.take(32), false, 0);
  if (name == "Decimal") return decimal_text(from, literal(0), literal(1));
  if (name == "Decimal32") return decimal_text(from, 9, literal(0));
  if (name == "Decimal64") return decimal_text(from, 18, literal(0));
  if (name == "Decimal128") return decimal_text(from, 38, literal(0));
  if (name == "Decimal256") return decimal_text(from, 76, literal(0));
  if (name == "Time") return quoted(clock_text(from.number<std::int32_t>(), 0));
  if (name == "Time64") return quoted(clock_text(from.number<std::int64_t>(), literal(0)));
  if (name == "BFloat16") {
    return float_text(std::bit_cast<float>(std::uint32_t{from.number<std::uint16_t>()} << 16));
  }
  broken_promise(("no text for " + to_string(type)).c_str(), __FILE__, __LINE__);
}

}  // namespace penstock
