#include <charconv>
#include <chrono>

#include "kafka/spec.h"

namespace penstock::kafka {
namespace {

/// Reads exactly `length` digits off the front of `text`.
std::optional<int> take_digits(std::string_view& text, std::size_t length) {
  int out = 0;
  if (text.size() < length || text.front() < '0' || text.front() > '9') return std::nullopt;
  const auto [end, code] = std::from_chars(text.data(), text.data() + length, out);
  if (code != std::errc() || end != text.data() + length) return std::nullopt;
  text.remove_prefix(length);
  return out;
}

/// Reads a separator and two digits, at most `most`.
std::optional<int> take_part(std::string_view& text, std::string_view separators, int most) {
  if (text.empty() || separators.find(text.front()) == separators.npos) return std::nullopt;
  text.remove_prefix(1);
  const auto number = take_digits(text, 2);
  return number && *number <= most ? number : std::nullopt;
}

}  // namespace

std::optional<std::int64_t> timestamp_ms(const OffsetSettings& offset) {
  std::string_view text = offset.timestamp;
  if (text.ends_with('Z')) text.remove_suffix(1);  // UTC is meant in any case
  const auto year = take_digits(text, 4);
  const auto month = take_part(text, "-", 12);
  const auto day = take_part(text, "-", 31);
  const auto hour = take_part(text, "T ", 23);
  const auto minute = take_part(text, ":", 59);
  const auto second = text.empty() ? 0 : take_part(text, ":", 59);
  if (!year || !month || !day || !hour || !minute || !second || !text.empty()) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(*year),
                                         std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok()) return std::nullopt;
  const std::int64_t seconds =
      std::int64_t{std::chrono::sys_days(date).time_since_epoch().count()} * 86'400 + *hour * 3600 +
      *minute * 60 + *second;
  return seconds * 1000;
}

}  // namespace penstock::kafka
