#include "formats/avro/logical_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "model/column/clock_text.h"
#include "model/column/time_text.h"

namespace penstock::avro {
namespace {

constexpr std::int64_t kSecondsPerDay = 86'400;
constexpr std::size_t kDateCharacters = 10;

std::uint32_t little_endian(std::string_view bytes) {
  std::uint32_t value = 0;
  std::memcpy(&value, bytes.data(), sizeof(value));
  return value;
}

}  // namespace

std::string time_text(Logical logical, std::int64_t count) {
  TimeBuffer buffer;
  if (logical == Logical::date) {
    std::int64_t seconds = 0;
    if (__builtin_mul_overflow(count, kSecondsPerDay, &seconds)) return {};
    std::string text(format_time(seconds, TimeUnit::seconds, buffer));
    text.resize(std::min(text.size(), kDateCharacters));
    return text;
  }
  if (logical == Logical::time_millis || logical == Logical::time_micros) {
    ClockBuffer clock;
    return std::string(format_clock(count, unit_of(logical), clock));
  }
  return std::string(format_time(count, unit_of(logical), buffer));
}

std::array<char, 36> uuid_text(std::string_view bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::array<char, 36> text{};
  std::size_t at = 0;
  for (std::size_t index = 0; index < 16; ++index) {
    if (index == 4 || index == 6 || index == 8 || index == 10) text[at++] = '-';
    const auto byte = static_cast<unsigned char>(bytes[index]);
    text[at++] = kDigits[byte >> 4];
    text[at++] = kDigits[byte & 15];
  }
  return text;
}

std::string duration_text(std::string_view bytes) {
  const std::uint32_t months = little_endian(bytes);
  const std::uint32_t days = little_endian(bytes.substr(4));
  const std::uint32_t milliseconds = little_endian(bytes.substr(8));
  std::string text = "P";
  if (months > 0) text += fmt::format("{}M", months);
  if (days > 0) text += fmt::format("{}D", days);
  if (milliseconds > 0 || text.size() == 1) {
    text += fmt::format("T{}", milliseconds / 1000);
    if (milliseconds % 1000 > 0) text += fmt::format(".{:03}", milliseconds % 1000);
    text += 'S';
  }
  return text;
}

}  // namespace penstock::avro
