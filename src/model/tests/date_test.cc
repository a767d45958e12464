#include "model/column/date.h"

#include "model/tests/column_bytes.h"

namespace penstock {
namespace {

// Bytes as ClickHouse 26.7 wrote them: SELECT x FROM VALUES(…) FORMAT Native.

TEST(DateColumn, LaysDaysOutAsClickHouseDoes) {
  const auto column = column_of("Date");
  for (const char* day : {"1970-01-01", "2024-02-29", "2149-06-06"}) {
    EXPECT_EQ(column->put_text(day), Fit::ok);
  }
  EXPECT_EQ(native_hex(*column), "0000464dffff");
  expect_slices_add_up("Date", *column);
}

TEST(Date32Column, LaysDaysOutAsClickHouseDoes) {
  const auto column = column_of("Date32");
  for (const char* day : {"0000-01-01", "1969-12-31", "2299-12-31", "9999-12-31"}) {
    EXPECT_EQ(column->put_text(day), Fit::ok);
  }
  EXPECT_EQ(native_hex(*column), "5805f5ffffffffffd1d60100a0c02c00");
  expect_slices_add_up("Date32", *column);
}

TEST(DateColumn, ReadsEverySpellingOfOneDay) {
  for (const char* day :
       {"2024-01-05", "2024-1-5", "2024/01/05", "2024.1.5", "2024_01_05", "20240105"}) {
    const auto column = column_of("Date");
    EXPECT_EQ(column->put_text(day), Fit::ok) << day;
    EXPECT_EQ(native_hex(*column), "0f4d") << day;
  }
}

TEST(DateColumn, RefusesWhatIsNoDay) {
  const auto column = column_of("Date");
  for (const char* text : {"", "2023-02-29", "2024-13-01", "2024-00-10", "0000-00-00", "2024",
                           "2024-01-05 ", "2024-01-05 00:00:00", "24-01-05", "05/01/2024"}) {
    expect_text_refused(*column, Fit::unreadable, text);
  }
}

TEST(DateColumn, RefusesDaysOutsideItsRangeInsteadOfClampingThem) {
  const auto date = column_of("Date");
  expect_text_refused(*date, Fit::out_of_range, "1969-12-31");
  expect_text_refused(*date, Fit::out_of_range, "2149-06-07");
  expect_refused(*date, Fit::out_of_range, [](Column& into) { return into.put_int(-1); });
  expect_refused(*date, Fit::out_of_range, [](Column& into) { return into.put_uint(1704067200); });
  const auto date32 = column_of("Date32");
  expect_refused(*date32, Fit::out_of_range, [](Column& into) { return into.put_int(-719'529); });
  expect_refused(*date32, Fit::out_of_range, [](Column& into) { return into.put_int(2'932'897); });
}

TEST(DateColumn, TakesWholeNumbersAsDaysAndMomentsAsTheirDay) {
  const auto column = column_of("Date32");
  EXPECT_EQ(column->put_int(19727), Fit::ok);
  EXPECT_EQ(column->put_real(19727.0), Fit::ok);
  EXPECT_EQ(column->put_number("19727"), Fit::ok);
  EXPECT_EQ(column->put_time(-1, TimeUnit::milliseconds), Fit::ok);
  EXPECT_EQ(native_hex(*column), "0f4d00000f4d00000f4d0000ffffffff");
  expect_number_refused(*column, Fit::out_of_range, "1.5");
  expect_refused(*column, Fit::wrong_type, [](Column& into) { return into.put_bool(true); });
}

TEST(DateColumn, TakesDaysAndRefusesDurations) {
  const auto column = column_of("Date");
  EXPECT_EQ(column->put_day(19'727), Fit::ok);
  EXPECT_EQ(native_hex(*column), "0f4d");
  const auto put_day = [](std::int64_t day) {
    return [day](Column& into) { return into.put_day(day); };
  };
  expect_refused(*column, Fit::out_of_range, put_day(-1));
  expect_refused(*column, Fit::out_of_range, put_day(65'536));
  EXPECT_EQ(column_of("Nullable(Date32)")->put_day(-1), Fit::ok);
  expect_refused(*column, Fit::wrong_type,
                 [](Column& into) { return into.put_duration(1, TimeUnit::seconds); });
}

}  // namespace
}  // namespace penstock
