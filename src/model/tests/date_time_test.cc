#include "model/column/date_time.h"

#include <limits>

#include <cstring>

#include "model/tests/column_bytes.h"

namespace penstock {
namespace {

/// The one row of a DateTime64 column.
std::int64_t ticks(const Column& column) {
  return static_cast<const DateTimeColumn<std::int64_t>&>(column).values().front();
}

std::int64_t ticks_of_text(std::string_view type, std::string_view text) {
  const auto column = column_of(type);
  EXPECT_EQ(column->put_text(text), Fit::ok) << text;
  return column->rows() == 1 ? ticks(*column) : -1;
}

std::int64_t ticks_of_number(std::string_view type, std::string_view digits) {
  const auto column = column_of(type);
  EXPECT_EQ(column->put_number(digits), Fit::ok) << digits;
  return column->rows() == 1 ? ticks(*column) : -1;
}

// Bytes as ClickHouse 26.7 wrote them: SELECT x FROM VALUES(…) FORMAT Native.

TEST(DateTimeColumn, LaysSecondsOutAsClickHouseDoes) {
  const auto column = column_of("DateTime('Europe/Berlin')");
  // The second was skipped by the clock, the third shown twice.
  for (const char* text : {"2024-03-31 01:59:59", "2024-03-31 02:30:00", "2024-10-27 02:30:00"}) {
    EXPECT_EQ(column->put_text(text), Fit::ok);
  }
  EXPECT_EQ(native_hex(*column), "8fb5086688ae086688891d67");
  expect_slices_add_up("DateTime('Europe/Berlin')", *column);
}

TEST(DateTime64Column, LaysTicksOutAsClickHouseDoes) {
  const auto column = column_of("DateTime64(3, 'UTC')");
  EXPECT_EQ(column->put_text("1969-12-31 23:59:59.999"), Fit::ok);
  EXPECT_EQ(column->put_text("2024-01-05 12:34:56.789"), Fit::ok);
  EXPECT_EQ(native_hex(*column), "ffffffffffffffff95909ed98c010000");
  expect_slices_add_up("DateTime64(3, 'UTC')", *column);
}

TEST(DateTime64Column, ReadsTheSpellingsOfOneMoment) {
  for (const char* text : {"2024-01-05 12:34:56",
                           "2024-01-05T12:34:56",
                           "2024-01-05T12:34:56Z",
                           " 2024-1-5 12:34:56 ",
                           "2024-01-05 12:34:56.000000",
                           "2024-01-05T14:34:56+02:00",
                           "2024-01-05T07:04:56-0530",
                           "2024-01-05 14:34:56 +2",
                           "2024/01/05 12:34:56",
                           "2024.01.05  12:34:56",
                           "20240105T123456Z",
                           "20240105 123456",
                           "20240105123456",
                           "1704458096",
                           "1704458096.0",
                           "1704458096000",
                           "1704458096000000",
                           "1704458096000000000",
                           "05/01/2024 12:34:56",
                           "5.1.2024 12:34:56",
                           "2024-01-05 12:34:56 UTC",
                           "Fri, 05 Jan 2024 12:34:56 GMT",
                           "5 January 2024 12:34:56 PM",
                           "Fri Jan  5 12:34:56 2024",
                           "Jan 5, 2024 12:34:56"}) {
    EXPECT_EQ(ticks_of_text("DateTime64(3)", text), 1704458096000) << text;
  }
}

TEST(DateTime64Column, ReadsPartsOfATime) {
  const std::int64_t midnight = 1704412800;
  EXPECT_EQ(ticks_of_text("DateTime64(0)", "2024-01-05"), midnight);
  EXPECT_EQ(ticks_of_text("DateTime64(0)", "20240105"), midnight);
  EXPECT_EQ(ticks_of_text("DateTime64(0)", "01/13/2024"), midnight + 8 * 86400);
  EXPECT_EQ(ticks_of_text("DateTime64(0)", "2024-01-05T12"), midnight + 12 * 3600);
  EXPECT_EQ(ticks_of_text("DateTime64(0)", "2024-01-05 1:2"), midnight + 3720);
  EXPECT_EQ(ticks_of_text("DateTime64(0)", "2024-01-05 24:00:00"), midnight + 86400);
  EXPECT_EQ(ticks_of_text("DateTime64(0)", "2024-01-05 23:59:60"), midnight + 86400);
  EXPECT_EQ(ticks_of_text("DateTime64(0)", "2024-01-05 12:00 AM"), midnight);
  EXPECT_EQ(ticks_of_text("DateTime64(0)", "2024-01-05+02:00"), midnight - 7200);
}

TEST(DateTime64Column, RefusesWhatItWouldHaveToGuess) {
  const auto column = column_of("DateTime64(3)");
  for (const char* text : {"",
                           " ",
                           "abc",
                           "2024",
                           "202401",
                           "12:34:56",
                           "24-01-05",
                           "2024-02-30 00:00:00",
                           "2024-13-01 00:00:00",
                           "2024-00-10",
                           "0000-00-00 00:00:00",
                           "2024-01-05 12:34:56x",
                           "2024-01-05 12:34:56,5",
                           "2024-01-05 24:00:01",
                           "2024-01-05 12:60:00",
                           "2024-01-05 12:34:56 MST",
                           "2024-01-05T12:34:56+25:00",
                           "2024-01-05T",
                           "12345678901",
                           "0",
                           "-1",
                           "2024-01-05 13:00 PM",
                           "Foo 5 2024",
                           "2024-01-05T12:34:56[UTC]"}) {
    expect_text_refused(*column, Fit::unreadable, text);
  }
}

TEST(DateTime64Column, RefusesMomentsOutsideItsRangeInsteadOfClampingThem) {
  const auto column = column_of("DateTime64(3)");
  expect_refused(*column, Fit::out_of_range,
                 [](Column& to) { return to.put_time(-62167219201, TimeUnit::seconds); });
  expect_refused(*column, Fit::out_of_range,
                 [](Column& to) { return to.put_time(253402300800, TimeUnit::seconds); });
  EXPECT_EQ(column->put_text("0000-01-01 00:00:00"), Fit::ok);
  EXPECT_EQ(column->put_text("9999-12-31 23:59:59.999"), Fit::ok);
  const auto nanoseconds = column_of("DateTime64(9)");
  EXPECT_EQ(nanoseconds->put_text("2262-04-11 23:47:16.854775807"), Fit::ok);
  expect_text_refused(*nanoseconds, Fit::out_of_range, "2262-04-11 23:47:16.854775808");
  expect_text_refused(*nanoseconds, Fit::out_of_range, "9999-12-31 00:00:00");
}

TEST(DateTime64Column, BeginsAndEndsByTheClockOfItsZone) {
  const auto east = column_of("DateTime64(0, 'Asia/Kolkata')");
  EXPECT_EQ(east->put_text("0000-01-01 00:00:00"), Fit::ok);
  EXPECT_EQ(east->put_text("9999-12-31 23:59:59"), Fit::ok);
  expect_text_refused(*east, Fit::out_of_range, "9999-12-31T23:59:59Z");
  const auto west = column_of("DateTime64(3, 'America/New_York')");
  EXPECT_EQ(west->put_text("9999-12-31 23:59:59.999"), Fit::ok);
  expect_text_refused(*west, Fit::out_of_range, "0000-01-01T00:00:00Z");
}

TEST(DateTimeColumn, RefusesMomentsOutsideItsRangeInsteadOfClampingThem) {
  const auto column = column_of("DateTime");
  expect_text_refused(*column, Fit::out_of_range, "1969-12-31 23:59:59");
  expect_text_refused(*column, Fit::out_of_range, "2106-02-07 06:28:16");
  expect_refused(*column, Fit::out_of_range, [](Column& to) { return to.put_int(-1); });
  expect_refused(*column, Fit::out_of_range, [](Column& to) { return to.put_int(1704458096000); });
  expect_refused(*column, Fit::wrong_type, [](Column& to) { return to.put_bool(true); });
  EXPECT_EQ(column->put_text("2106-02-07 06:28:15"), Fit::ok);
  EXPECT_EQ(column->put_real(1704458096.9), Fit::ok);
  EXPECT_EQ(column->put_uint(5), Fit::ok);
  EXPECT_EQ(native_hex(*column), "ffffffff70f7976505000000");
}

TEST(DateTime64Column, TellsTheUnitOfAnIntegerByItsSize) {
  EXPECT_EQ(ticks_of_number("DateTime64(6)", "1704458096"), 1704458096000000);
  EXPECT_EQ(ticks_of_number("DateTime64(6)", "1704458096789"), 1704458096789000);
  EXPECT_EQ(ticks_of_number("DateTime64(6)", "1704458096789123"), 1704458096789123);
  EXPECT_EQ(ticks_of_number("DateTime64(6)", "1704458096789123456"), 1704458096789123);
  EXPECT_EQ(ticks_of_number("DateTime64(3)", "-1"), -1000);
}

TEST(DateTime64Column, KeepsEveryDigitOfANumberWithAFraction) {
  EXPECT_TRUE(column_of("DateTime64(9)")->wants_digits());
  EXPECT_EQ(ticks_of_number("DateTime64(9)", "1704458096.123456789"), 1704458096123456789);
  EXPECT_EQ(ticks_of_number("DateTime64(3)", "1.704458096789e9"), 1704458096789);
  EXPECT_EQ(ticks_of_number("DateTime64(3)", "-0.0001"), -1);
  const auto column = column_of("DateTime64(3)");
  EXPECT_EQ(column->put_real(1704458096.123), Fit::ok);
  EXPECT_EQ(ticks(*column), 1704458096123);
  expect_number_refused(*column, Fit::unreadable, "12a");
  expect_number_refused(*column, Fit::out_of_range, "1e30");
}

TEST(DateTime64Column, CutsDigitsItHasNoRoomFor) {
  EXPECT_EQ(ticks_of_text("DateTime64(3)", "2024-01-05 12:34:56.789999999999"), 1704458096789);
  EXPECT_EQ(ticks_of_text("DateTime64(0)", "1969-12-31 23:59:59.9"), -1);
}

TEST(DateTime64Column, TakesMomentsInTheirUnit) {
  const auto column = column_of("DateTime64(6)");
  EXPECT_EQ(column->put_time(5, TimeUnit::milliseconds), Fit::ok);
  EXPECT_EQ(ticks(*column), 5000);
}

TEST(DateTime64Column, SplitsTheFirstCountOfEveryUnit) {
  constexpr UtcTime moment =
      split_time(std::numeric_limits<std::int64_t>::min(), TimeUnit::milliseconds);
  EXPECT_EQ(moment.seconds, -9'223'372'036'854'776);
  EXPECT_EQ(moment.nanoseconds, 192'000'000);
}

TEST(DateTimeColumn, NamesAZoneItDoesNotKnow) {
  for (const char* name : {"DateTime('Nowhere/City')", "DateTime('../UTC')"}) {
    auto made = make_column(parse_type(name).value());
    ASSERT_FALSE(made.ok());
    EXPECT_EQ(made.error().code, "pipe.mapping");
  }
  EXPECT_FALSE(make_column(parse_type("DateTime64(10)").value()).ok());
}

TEST(DateTimeColumn, TakesADayAsItsMidnightInUtc) {
  const auto seconds = column_of("DateTime('Europe/Berlin')");
  EXPECT_EQ(seconds->put_day(1), Fit::ok);
  EXPECT_EQ(native_hex(*seconds), "80510100");
  expect_refused(*seconds, Fit::out_of_range, [](Column& into) { return into.put_day(-1); });
  const auto ticks = column_of("DateTime64(3)");
  EXPECT_EQ(ticks->put_day(-1), Fit::ok);
  EXPECT_EQ(native_hex(*ticks), "00a4d9faffffffff");
  for (const std::int64_t far :
       {std::int64_t{2'932'897}, std::numeric_limits<std::int64_t>::min()}) {
    expect_refused(*ticks, Fit::out_of_range, [far](Column& into) { return into.put_day(far); });
  }
  expect_refused(*ticks, Fit::wrong_type,
                 [](Column& into) { return into.put_duration(1, TimeUnit::seconds); });
}

}  // namespace
}  // namespace penstock
