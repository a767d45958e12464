#include "model/column/usual_time.h"

namespace penstock {

bool UsualTimeReader::read_with_offset(std::string_view text, TimeText& moment) {
  constexpr std::size_t kOffset = 6;  // +hh:mm
  if (text.size() < kOffset) return false;
  const char* const at = text.data() + text.size() - kOffset;
  constexpr std::uint64_t kPattern = swar::word("+00:00\0\0");
  constexpr std::uint64_t kLimits = swar::word("\0\2\11\0\5\11\0\0");
  const bool west = *at == '-';
  const std::uint64_t sign = west ? '+' ^ '-' : 0;
  const std::uint64_t offset = swar::load_short(at, kOffset) ^ kPattern ^ sign;
  const std::uint64_t numbers = swar::pairs(offset);
  const auto hours = static_cast<std::int32_t>(numbers >> 8 & 0xFF);
  if (!swar::is_within(offset, kLimits) || hours > 23) return false;
  text.remove_suffix(kOffset);
  if (!read(text, moment) || moment.is_utc) return false;
  const std::int32_t seconds = hours * 3600 + static_cast<std::int32_t>(numbers >> 32 & 0xFF) * 60;
  moment.seconds += west ? seconds : -seconds;
  return moment.is_utc = true;
}

}  // namespace penstock
