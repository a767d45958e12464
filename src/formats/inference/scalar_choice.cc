#include "formats/inference/scalar_choice.h"

#include <fmt/format.h>

#include "formats/inference/field_name.h"
#include "formats/inference/plain_type.h"
#include "model/column/time_text.h"

namespace penstock {
namespace {

constexpr std::string_view kZone = "'UTC'";
constexpr int kDoubleDigits = 17;  // as many as it takes to tell any two doubles apart
constexpr int kDecimal128Digits = 38;
constexpr int kDecimal256Digits = 76;
// Every number of so many digits fits.
constexpr int kInt128Digits = 38;
constexpr int kInt256Digits = 76;

// A day before what is the last everywhere, lest a zone should push a text over the edge.
constexpr std::int64_t kSecondsPerDay = 86'400;
constexpr std::int64_t kLastDate = 65'535 * kSecondsPerDay;
constexpr std::int64_t kLastDateTime = 4'294'967'295;
constexpr std::int64_t kFirstDateTime64 = -62'167'219'200;  // 0000-01-01
constexpr std::int64_t kLastDateTime64 = 253'402'300'799;   // 9999-12-31
constexpr std::int64_t kMostNanoseconds = 9'223'372'035;    // 1677-09-21 to 2262-04-11

Type date_time(int digits) {
  if (digits == 0) return {.name = "DateTime", .literals = {std::string(kZone)}};
  return {.name = "DateTime64", .literals = {std::to_string(digits), std::string(kZone)}};
}

/// Clocks are read to thousandths of one kind or another.
int whole_thousands(int fraction_digits) { return (fraction_digits + 2) / 3 * 3; }

std::string time_text(std::int64_t seconds) {
  TimeBuffer buffer;
  return std::string(format_time(seconds, TimeUnit::seconds, buffer));
}

std::string day_text(std::int64_t seconds) { return time_text(seconds).substr(0, 10); }

/// The digits behind the point of seconds, when integers between these bounds count time
/// since 1970 in one unit, in the years 2000 to 2099; else -1.
int epoch_digits(Int128 lowest, Int128 highest) {
  constexpr Int128 kFrom = 946'684'800;
  constexpr Int128 kUntil = 4'102'444'800;
  Int128 per_second = 1;
  for (int digits = 0; digits <= 9; digits += 3, per_second *= 1000) {
    if (lowest >= kFrom * per_second && highest < kUntil * per_second) return digits;
  }
  return -1;
}

std::string_view unit_name(int digits) {
  switch (digits) {
    case 0: return "seconds";
    case 3: return "milliseconds";
    case 6: return "microseconds";
    default: return "nanoseconds";
  }
}

Choice choose_integer(const NumbersSeen& seen, std::string_view name) {
  if (seen.has_wider_integers) {
    const std::string found =
        fmt::format("whole numbers of up to {} digits", seen.most_whole_digits);
    if (seen.most_whole_digits <= kInt128Digits) return {plain("Int128"), found};
    if (seen.most_whole_digits <= kInt256Digits) return {plain("Int256"), found};
    return {plain("String"), found + ", more than any number type holds"};
  }
  const std::string range = seen.lowest == seen.highest
                                ? fmt::format("all {}", seen.lowest)
                                : fmt::format("{} to {}", seen.lowest, seen.highest);
  const int epoch = names_time(name) ? epoch_digits(seen.lowest, seen.highest) : -1;
  if (epoch >= 0) {
    return {date_time(epoch),
            fmt::format("{} since 1970, by name and size: {}", unit_name(epoch), range)};
  }
  const std::string found = "whole numbers, " + range;
  if (seen.highest <= std::numeric_limits<std::int64_t>::max()) return {plain("Int64"), found};
  if (seen.lowest >= 0) return {plain("UInt64"), found + ", above Int64"};
  return {plain("Int128"), found + ", too wide for 64 bits"};
}

Choice choose_real(const NumbersSeen& seen) {
  if (seen.beyond_double) return {plain("String"), "numbers too large for Float64"};
  const std::string found =
      seen.integers == 0 ? "numbers with a fraction" : "numbers, some with a fraction";
  if (seen.most_digits <= kDoubleDigits) return {plain("Float64"), found};
  const std::string digits = fmt::format("{}, up to {} digits", found, seen.most_digits);
  const int needed = seen.most_whole_digits + seen.most_fraction_digits;
  if (needed > kDecimal256Digits) return {plain("Float64"), digits + ", of which it keeps 17"};
  const int precision = needed <= kDecimal128Digits ? kDecimal128Digits : kDecimal256Digits;
  return {{.name = "Decimal",
           .literals = {std::to_string(precision), std::to_string(seen.most_fraction_digits)}},
          digits + ", and Float64 keeps 17"};
}

/// `seen` holds dates and moments only.
Choice choose_time(const TextsSeen& seen) {
  if (seen.moments == 0) {
    const std::string found =
        fmt::format("days, {} to {}", day_text(seen.earliest), day_text(seen.latest));
    if (seen.earliest >= 0 && seen.latest <= kLastDate) return {plain("Date"), found};
    return {plain("Date32"), found + ", beyond Date"};
  }
  const std::string found =
      fmt::format("{}, {} to {}", seen.dates == 0 ? "times" : "times and days",
                  time_text(seen.earliest), time_text(seen.latest));
  const int digits = whole_thousands(seen.most_fraction_digits);
  if (digits == 0 && seen.earliest >= 0 && seen.latest <= kLastDateTime) {
    return {date_time(0), found};
  }
  const bool in_years = seen.earliest >= kFirstDateTime64 && seen.latest <= kLastDateTime64;
  const bool in_nanoseconds =
      digits < 9 || (seen.earliest >= -kMostNanoseconds && seen.latest <= kMostNanoseconds);
  if (in_years && in_nanoseconds) {
    constexpr int kUsual = 3;
    return {date_time(std::max(digits, kUsual)), digits == 0 ? found + ", beyond DateTime" : found};
  }
  return {plain("String"), "times beyond what DateTime64 holds"};
}

}  // namespace

bool repeats_often(std::uint64_t distinct, std::uint64_t count) {
  constexpr std::uint64_t kFewest = 100;  // fewer values say nothing about repetition
  constexpr std::uint64_t kTimesEach = 10;
  return distinct <= DistinctValues::kMost && count >= kFewest && count / distinct >= kTimesEach;
}

Choice choose_number(const NumbersSeen& seen, std::string_view name) {
  return seen.reals == 0 ? choose_integer(seen, name) : choose_real(seen);
}

Choice choose_text(const Observation& seen, std::string_view name) {
  const TextsSeen& texts = seen.texts;
  if (texts.uuids == texts.count) return {plain("UUID"), "UUIDs"};
  if (texts.dates + texts.moments == texts.count) return choose_time(texts);
  const std::uint64_t addresses = texts.ipv4s + texts.ipv6s;
  if (addresses == texts.count && names_address(name)) {
    if (texts.ipv6s == 0) return {plain("IPv4"), "IPv4 addresses, by name and form"};
    return {plain("IPv6"), "IP addresses, by name and form"};
  }
  const std::size_t distinct = seen.scalars.count();
  if (!seen.scalars.is_exact()) {
    return {plain("String"), fmt::format("texts, more than {} different ones", seen.scalars.kMost)};
  }
  const std::string found = fmt::format("texts, {} different in {}", distinct, texts.count);
  if (!repeats_often(distinct, texts.count)) return {plain("String"), found};
  return {{.name = "LowCardinality", .arguments = {plain("String")}}, found};
}

}  // namespace penstock
