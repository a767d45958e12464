#include "model/column/usual_time.h"

#include <fmt/format.h>

#include <chrono>

#include "model/column/date.h"
#include "model/column/date_time.h"
#include "model/tests/column_bytes.h"
#include "model/tests/mutated_text.h"

namespace penstock {
namespace {

constexpr int kTexts = 200'000;
constexpr std::string_view kLetters("0123456789-:. TZ+t/\x00\xFF\xB0", 22);

/// A text in one of the usual forms, now and then with a value out of range.
std::string usual_text(MutatedText& random) {
  constexpr unsigned kYears[] = {0,    1582, 1899, 1900, 1969, 1970, 2000, 2024,
                                 2024, 2100, 2106, 2149, 2299, 2300, 9999};
  constexpr const char* kZones[] = {"",       "",      "",   "Z", "Z", "+02:00", "-05:30",
                                    "+24:00", "+0200", " Z", "z", " ", "+00:60", "UTC"};
  constexpr const char* kFractions[] = {"",           "",          ".",          ".7",
                                        ".789",       ".789123",   ".789123456", ".7891234567",
                                        ".999999999", ".00000000", ".12345678"};
  std::string text =
      fmt::format("{:04}-{:02}-{:02}{}{:02}:{:02}:{:02}", kYears[random.below(std::size(kYears))],
                  random.below(14), random.below(33), random.below(2) == 0 ? ' ' : 'T',
                  random.below(26), random.below(61), random.below(62));
  text += kFractions[random.below(std::size(kFractions))];
  text += kZones[random.below(std::size(kZones))];
  return text;
}

/// What the column must answer, by the reader of all forms.
struct Expected {
  Fit fit = Fit::unreadable;
  std::int64_t ticks = 0;
};

Expected by_all_forms(std::string_view text, int digits, const TimeZone& zone) {
  const auto read = parse_time(text);
  if (!read) return {};
  const std::int64_t seconds = read->is_utc ? read->seconds : zone.to_utc(read->seconds);
  const std::int64_t first = zone.to_utc(-62'167'219'200);
  const std::int64_t last = zone.to_utc(253'402'300'799);
  if (seconds < first || seconds > last) return {.fit = Fit::out_of_range};
  __extension__ __int128 ticks = seconds;
  std::int64_t nanoseconds_per_tick = 1'000'000'000;
  for (int i = 0; i < digits; ++i) {
    ticks *= 10;
    nanoseconds_per_tick /= 10;
  }
  ticks += read->nanoseconds / nanoseconds_per_tick;
  if (ticks != static_cast<std::int64_t>(ticks)) return {.fit = Fit::out_of_range};
  return {.fit = Fit::ok, .ticks = static_cast<std::int64_t>(ticks)};
}

void expect_as_by_all_forms(int digits, const char* zone_name) {
  MutatedText random(kLetters);
  const TimeZone& zone = *TimeZone::find(zone_name).value();
  DateTimeColumn<std::int64_t> column(digits, zone);
  int taken = 0;
  for (int i = 0; i < kTexts; ++i) {
    const std::string text = random.of(usual_text(random));
    const Expected expected = by_all_forms(text, digits, zone);
    const std::size_t rows = column.rows();
    ASSERT_EQ(column.put_text(text), expected.fit) << text;
    ASSERT_EQ(column.rows(), rows + (expected.fit == Fit::ok ? 1 : 0));
    if (expected.fit != Fit::ok) continue;
    ++taken;
    ASSERT_EQ(column.values().back(), expected.ticks) << text;
  }
  EXPECT_GT(taken, kTexts / 20);
  EXPECT_LT(taken, kTexts / 2);
}

TEST(DateTime64Column, ReadsUsualTextsAsTheReaderOfAllFormsDoes) {
  expect_as_by_all_forms(3, "UTC");
  expect_as_by_all_forms(0, "Europe/Berlin");
  expect_as_by_all_forms(6, "America/St_Johns");
  expect_as_by_all_forms(9, "UTC");
}

TEST(DateTimeColumn, ReadsUsualTextsAsTheReaderOfAllFormsDoes) {
  MutatedText random(kLetters);
  const TimeZone& zone = *TimeZone::find("Europe/Berlin").value();
  DateTimeColumn<std::uint32_t> column(0, zone);
  for (int i = 0; i < kTexts; ++i) {
    const std::string text = random.of(usual_text(random));
    Expected expected = by_all_forms(text, 0, zone);
    if (expected.fit == Fit::ok && !std::in_range<std::uint32_t>(expected.ticks)) {
      expected.fit = Fit::out_of_range;
    }
    ASSERT_EQ(column.put_text(text), expected.fit) << text;
    if (expected.fit == Fit::ok) {
      ASSERT_EQ(column.values().back(), static_cast<std::uint32_t>(expected.ticks)) << text;
    }
  }
}

TEST(DateTime64Column, CutsEveryFractionWhereItsTicksEnd) {
  const TimeZone& utc = *TimeZone::find("UTC").value();
  for (int digits = 0; digits <= 9; ++digits) {
    DateTimeColumn<std::int64_t> column(digits, utc);
    for (const char* fraction : {"000000000", "000000001", "099999999", "123456789", "999999999",
                                 "100000000", "989999999", "500000000"}) {
      EXPECT_EQ(column.put_text(fmt::format("1970-01-01 00:00:00.{}", fraction)), Fit::ok);
      const std::string kept = "0" + std::string(fraction, static_cast<std::size_t>(digits));
      EXPECT_EQ(column.values().back(), std::stoll(kept)) << digits << " digits of " << fraction;
    }
  }
}

TEST(DateTime64Column, NoticesWhereTheZoneChangesBetweenRows) {
  const TimeZone& zone = *TimeZone::find("Europe/Berlin").value();
  DateTimeColumn<std::int64_t> column(0, zone);
  // Around both changes of the clock, back and forth by 20 minutes.
  for (const std::int64_t change : {1'711'850'400, 1'729'994'400}) {
    for (std::int64_t step = -20; step <= 20; ++step) {
      const std::int64_t wall = change + (step % 2 == 0 ? step : -step) * 1200;
      const auto second = std::chrono::sys_seconds{std::chrono::seconds{wall}};
      const auto day = std::chrono::floor<std::chrono::days>(second);
      const std::chrono::year_month_day date{day};
      const std::chrono::hh_mm_ss clock{second - day};
      EXPECT_EQ(column.put_text(fmt::format(
                    "{:04}-{:02}-{:02} {:02}:{:02}:{:02}", static_cast<int>(date.year()),
                    static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                    clock.hours().count(), clock.minutes().count(), clock.seconds().count())),
                Fit::ok);
      EXPECT_EQ(column.values().back(), zone.to_utc(wall));
    }
  }
}

TEST(DateColumn, ReadsUsualTextsAsTheReaderOfAllFormsDoes) {
  MutatedText random(kLetters);
  DateColumn<std::uint16_t> date;
  DateColumn<std::int32_t> date32;
  for (int i = 0; i < kTexts; ++i) {
    const std::string text = random.of(usual_text(random).substr(0, 10));
    const auto days = parse_date(text);
    const auto fit_within = [&](std::int32_t first, std::int32_t last) {
      if (!days) return Fit::unreadable;
      return *days < first || *days > last ? Fit::out_of_range : Fit::ok;
    };
    const Fit fit = fit_within(0, 65535);
    const Fit fit32 = fit_within(-719528, 2932896);
    ASSERT_EQ(date.put_text(text), fit) << text;
    ASSERT_EQ(date32.put_text(text), fit32) << text;
    if (fit == Fit::ok) {
      ASSERT_EQ(date.values().back(), *days) << text;
    }
    if (fit32 == Fit::ok) {
      ASSERT_EQ(date32.values().back(), *days) << text;
    }
  }
}

TEST(CalendarDay, AgreesWithTheStandardLibraryForEveryDay) {
  for (unsigned year = 0; year <= 9999; ++year) {
    for (unsigned month = 0; month <= 19; ++month) {
      for (const unsigned day : {0u, 1u, 15u, 28u, 29u, 30u, 31u, 32u, 39u}) {
        const std::chrono::year_month_day date{std::chrono::year{static_cast<int>(year)},
                                               std::chrono::month{month}, std::chrono::day{day}};
        std::int32_t days = -1;
        const bool found = find_day(year, month, day, days);
        ASSERT_EQ(found, date.ok()) << year << ' ' << month << ' ' << day;
        if (found) {
          ASSERT_EQ(days, std::chrono::sys_days{date}.time_since_epoch().count());
        }
      }
    }
  }
}

}  // namespace
}  // namespace penstock
