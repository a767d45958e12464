#include "model/column/time_of_day.h"

#include "model/tests/column_bytes.h"

namespace penstock {
namespace {

// Bytes as ClickHouse 26.7 wrote them: SELECT toTime64('…', 3) FORMAT Native.

TEST(TimeOfDayColumn, LaysTimesOutAsClickHouseDoes) {
  const auto seconds = column_of("Time");
  EXPECT_EQ(seconds->put_text("12:34:56"), Fit::ok);
  EXPECT_EQ(seconds->put_int(3599999), Fit::ok);
  EXPECT_EQ(seconds->put_text("-999:59:59"), Fit::ok);
  EXPECT_EQ(native_hex(*seconds), "f0b000007fee36008111c9ff");
  expect_slices_add_up("Time", *seconds);
  const auto ticks = column_of("Time64(3)");
  EXPECT_EQ(ticks->put_text("12:34:56.789"), Fit::ok);
  EXPECT_EQ(ticks->put_text("-999:59:59.999"), Fit::ok);
  EXPECT_EQ(ticks->put_number("1000"), Fit::ok);
  EXPECT_EQ(native_hex(*ticks), "952cb30200000000015c6c29ffffffffe803000000000000");
  expect_slices_add_up("Time64(3)", *ticks);
}

TEST(TimeOfDayColumn, TakesADurationWhereNoDigitIsLost) {
  const auto column = column_of("Time64(3)");
  EXPECT_EQ(column->put_duration(-1500, TimeUnit::milliseconds), Fit::ok);
  EXPECT_EQ(column->put_duration(2'000'000, TimeUnit::nanoseconds), Fit::ok);
  EXPECT_EQ(native_hex(*column), "24faffffffffffff0200000000000000");
  const auto expect_far = [&](std::int64_t count, TimeUnit unit) {
    expect_refused(*column, Fit::out_of_range,
                   [&](Column& into) { return into.put_duration(count, unit); });
  };
  expect_far(1, TimeUnit::microseconds);
  expect_far(3'600'000, TimeUnit::seconds);
  expect_far(-3'600'000, TimeUnit::seconds);
  expect_refused(*column_of("Time"), Fit::out_of_range,
                 [](Column& into) { return into.put_duration(1500, TimeUnit::milliseconds); });
}

TEST(TimeOfDayColumn, IsNoMomentAndNoDay) {
  const auto column = column_of("Time");
  expect_refused(*column, Fit::wrong_type, [](Column& into) { return into.put_day(1); });
  expect_refused(*column, Fit::wrong_type,
                 [](Column& into) { return into.put_time(1, TimeUnit::seconds); });
}

TEST(TimeOfDayColumn, RefusesWhatItWouldHaveToGuessOrCut) {
  const auto column = column_of("Time64(3)");
  for (const char* text : {"", "12:34", "5", "25:70:00", "1:2:3", "+1:00:00", "1000:00:00",
                           "12:34:56.", "12:34:56 ", "12:34:56.0000000001", "-"}) {
    expect_text_refused(*column, Fit::unreadable, text);
  }
  expect_text_refused(*column, Fit::out_of_range, "12:34:56.7891");
  expect_number_refused(*column, Fit::out_of_range, "1.5");
  expect_number_refused(*column, Fit::out_of_range, "3600000000");
  EXPECT_EQ(column->put_text("12:34:56.7890000000000"), Fit::ok);
  expect_text_refused(*column_of("Time"), Fit::out_of_range, "12:34:56.5");
}

TEST(ClockText, IsSpeltAsClickHouseDoes) {
  const auto spelt = [](std::int64_t count, TimeUnit unit) {
    ClockBuffer buffer;
    return std::string(format_clock(count, unit, buffer));
  };
  EXPECT_EQ(spelt(3723, TimeUnit::seconds), "01:02:03");
  EXPECT_EQ(spelt(-3723500, TimeUnit::milliseconds), "-01:02:03.500");
  EXPECT_EQ(spelt(442'923'500'000'000, TimeUnit::nanoseconds), "123:02:03.500000000");
  EXPECT_EQ(spelt(-1, TimeUnit::microseconds), "-00:00:00.000001");
  EXPECT_EQ(spelt(3'600'000, TimeUnit::seconds), "");
}

}  // namespace
}  // namespace penstock
