#include "model/column/time_zone_rule.h"

#include <charconv>
#include <utility>

namespace penstock {
namespace {

bool skip(std::string_view& text, char expected) {
  if (text.empty() || text.front() != expected) return false;
  text.remove_prefix(1);
  return true;
}

bool read_number(std::string_view& text, unsigned& value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{}) return false;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return true;
}

/// "CET", or "<+0330>" where the name is not made of letters.
bool skip_name(std::string_view& text) {
  const bool in_brackets = skip(text, '<');
  const auto is_letter = [](char c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; };
  std::size_t length = 0;
  while (length < text.size() && (in_brackets ? text[length] != '>' : is_letter(text[length]))) {
    ++length;
  }
  text.remove_prefix(length);
  return length > 0 && (!in_brackets || skip(text, '>'));
}

/// [+-]hh[:mm[:ss]] in seconds.
bool read_time(std::string_view& text, std::int32_t& seconds) {
  const bool negative = skip(text, '-');
  if (!negative) skip(text, '+');
  unsigned hours = 0;
  unsigned minutes = 0;
  unsigned rest = 0;
  if (!read_number(text, hours)) return false;
  if (skip(text, ':') && !read_number(text, minutes)) return false;
  if (skip(text, ':') && !read_number(text, rest)) return false;
  if (hours > 167 || minutes > 59 || rest > 59) return false;
  seconds = static_cast<std::int32_t>(hours * 3600 + minutes * 60 + rest);
  if (negative) seconds = -seconds;
  return true;
}

}  // namespace

bool ZoneRule::parse_moment(std::string_view& text, Moment& moment) {
  if (skip(text, 'M')) {
    moment.count = Count::month_week_day;
    if (!read_number(text, moment.month) || !skip(text, '.')) return false;
    if (!read_number(text, moment.week) || !skip(text, '.')) return false;
    if (!read_number(text, moment.day)) return false;
    if (moment.month < 1 || moment.month > 12 || moment.week < 1 || moment.week > 5) return false;
    if (moment.day > 6) return false;
  } else {
    moment.count = skip(text, 'J') ? Count::day_without_leap : Count::day_from_zero;
    if (!read_number(text, moment.day) || moment.day > 365) return false;
  }
  return !skip(text, '/') || read_time(text, moment.time);
}

std::optional<ZoneRule> ZoneRule::parse(std::string_view text) {
  // POSIX counts offsets westwards, everyone else eastwards.
  ZoneRule rule;
  std::int32_t west = 0;
  if (!skip_name(text) || !read_time(text, west)) return std::nullopt;
  rule.standard_offset_ = -west;
  if (!skip_name(text)) return std::nullopt;
  rule.summer_offset_ = rule.standard_offset_ + 3600;
  if (!text.empty() && text.front() != ',') {
    if (!read_time(text, west)) return std::nullopt;
    rule.summer_offset_ = -west;
  }
  if (!skip(text, ',') || !parse_moment(text, rule.summer_begins_)) return std::nullopt;
  if (!skip(text, ',') || !parse_moment(text, rule.summer_ends_)) return std::nullopt;
  return rule;
}

std::int64_t ZoneRule::wall_clock(const Moment& moment, std::chrono::year year) {
  using namespace std::chrono;
  sys_days day{};
  if (moment.count == Count::month_week_day) {
    const month in{moment.month};
    const weekday on{moment.day};
    day = moment.week == 5 ? sys_days{year / in / on[last]} : sys_days{year / in / on[moment.week]};
  } else if (moment.count == Count::day_without_leap) {
    const bool after_leap_day = year.is_leap() && moment.day >= 60;
    day = sys_days{year / January / 1} + days{moment.day - (after_leap_day ? 0 : 1)};
  } else {
    day = sys_days{year / January / 1} + days{moment.day};
  }
  return std::int64_t{day.time_since_epoch().count()} * 86400 + moment.time;
}

std::array<ClockChange, 2> ZoneRule::changes(std::chrono::year year) const {
  ClockChange begins{.at = wall_clock(summer_begins_, year) - standard_offset_,
                     .offset_before = standard_offset_,
                     .offset_after = summer_offset_};
  ClockChange ends{.at = wall_clock(summer_ends_, year) - summer_offset_,
                   .offset_before = summer_offset_,
                   .offset_after = standard_offset_};
  if (ends.at < begins.at) std::swap(begins, ends);
  return {begins, ends};
}

}  // namespace penstock
