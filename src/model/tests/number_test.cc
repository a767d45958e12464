#include "model/column/number.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "model/tests/column_bytes.h"

namespace penstock {
namespace {

/// The bytes of SELECT x FROM VALUES('x <type>', …) FORMAT Native, ClickHouse 26.7.
struct Golden {
  const char* type;
  std::vector<const char*> values;
  const char* hex;
};

TEST(NumberColumn, LaysRowsOutAsClickHouseDoes) {
  const Golden goldens[] = {
      {"Int8", {"-128", "0", "127"}, "80007f"},
      {"Int16", {"-32768", "258"}, "00800201"},
      {"Int32", {"-2147483648", "16909060"}, "0000008004030201"},
      {"Int64", {"-9223372036854775808", "72623859790382856"}, "00000000000000800807060504030201"},
      {"UInt8", {"0", "255"}, "00ff"},
      {"UInt16", {"65535", "258"}, "ffff0201"},
      {"UInt32", {"4294967295", "16909060"}, "ffffffff04030201"},
      {"UInt64", {"18446744073709551615", "72623859790382856"}, "ffffffffffffffff0807060504030201"},
      {"Float32", {"0.1", "-1.5", "inf", "nan"}, "cdcccc3d0000c0bf0000807f0000c07f"},
      {"Float64",
       {"0.1", "-1.5", "-inf", "nan"},
       "9a9999999999b93f000000000000f8bf000000000000f0ff000000000000f87f"},
  };
  for (const Golden& golden : goldens) {
    SCOPED_TRACE(golden.type);
    const auto column = column_of(golden.type);
    for (const char* value : golden.values) EXPECT_EQ(column->put_text(value), Fit::ok) << value;
    EXPECT_EQ(native_hex(*column), golden.hex);
    EXPECT_EQ(column->bytes() * 2, std::string(golden.hex).size());
    expect_slices_add_up(golden.type, *column);
  }
}

TEST(NumberColumn, IntegersTakeEveryKindThatMeansTheSame) {
  NumberColumn<std::int32_t> column;
  EXPECT_EQ(column.put_int(-5), Fit::ok);
  EXPECT_EQ(column.put_uint(5), Fit::ok);
  EXPECT_EQ(column.put_real(1e3), Fit::ok);
  EXPECT_EQ(column.put_bool(true), Fit::ok);
  for (const char* text : {"12", "+12", "-0", "007", "1.0", "1e3", "1.5e1"}) {
    EXPECT_EQ(column.put_text(text), Fit::ok) << text;
    EXPECT_EQ(column.put_number(text), Fit::ok) << text;
  }
  EXPECT_EQ(column.put_null(), Fit::ok);
  column.put_default();
  const std::vector<std::int32_t> expected{-5, 5, 1000, 1, 12,   12,   12, 12, 0, 0,
                                           7,  7, 1,    1, 1000, 1000, 15, 15, 0, 0};
  EXPECT_EQ(std::vector<std::int32_t>(column.values().begin(), column.values().end()), expected);
}

TEST(NumberColumn, IntegersRefuseWhatTheyCannotHold) {
  const auto column = column_of("UInt8");
  EXPECT_EQ(column->put_uint(255), Fit::ok);
  expect_refused(*column, Fit::out_of_range, [](Column& c) { return c.put_int(-1); });
  expect_refused(*column, Fit::out_of_range, [](Column& c) { return c.put_int(256); });
  expect_refused(*column, Fit::out_of_range, [](Column& c) { return c.put_uint(256); });
  for (const double real : {1.5, -1.0, 256.0, 1e300, std::nan(""), double{INFINITY}}) {
    expect_refused(*column, Fit::out_of_range, [real](Column& c) { return c.put_real(real); });
  }
  for (const char* text : {"256", "-1", "1.5", "1e3", "1e400", "1e-1", "99999999999999999999999"}) {
    expect_text_refused(*column, Fit::out_of_range, text);
    expect_number_refused(*column, Fit::out_of_range, text);
  }
  for (const char* text : {"", " ", "12x", " 12", "12 ", "0x10", "+-1", "++1", "-", ".", "1e",
                           "1e+", "nan", "inf", "true", "1_000", "١"}) {
    expect_text_refused(*column, Fit::unreadable, text);
  }
}

TEST(NumberColumn, SixtyFourBitsEndWhereTheyShould) {
  const auto column = column_of("Int64");
  EXPECT_EQ(column->put_number("9223372036854775807"), Fit::ok);
  EXPECT_EQ(column->put_number("-9.223372036854775808e18"), Fit::ok);
  EXPECT_EQ(column->put_real(-0x1p63), Fit::ok);
  expect_number_refused(*column, Fit::out_of_range, "9223372036854775808");
  expect_number_refused(*column, Fit::out_of_range, "-9223372036854775809");
  expect_refused(*column, Fit::out_of_range, [](Column& c) { return c.put_real(0x1p63); });
  expect_refused(*column, Fit::out_of_range, [](Column& c) { return c.put_uint(1ull << 63); });
  const auto positive = column_of("UInt64");
  EXPECT_EQ(positive->put_number("18446744073709551615.000"), Fit::ok);
  EXPECT_EQ(positive->put_text("-0"), Fit::ok);
  EXPECT_EQ(native_hex(*positive), "ffffffffffffffff0000000000000000");
  expect_number_refused(*positive, Fit::out_of_range, "18446744073709551616");
  expect_refused(*positive, Fit::out_of_range, [](Column& c) { return c.put_real(0x1p64); });
}

TEST(NumberColumn, RealsRoundButNeverOverflow) {
  NumberColumn<float> column;
  EXPECT_EQ(column.put_int(16777217), Fit::ok);
  EXPECT_EQ(column.put_real(1e-50), Fit::ok);
  EXPECT_EQ(column.put_real(INFINITY), Fit::ok);
  EXPECT_EQ(column.put_bool(true), Fit::ok);
  EXPECT_EQ(column.values()[0], 16777216.0f);
  EXPECT_EQ(column.values()[1], 0.0f);
  EXPECT_TRUE(std::isinf(column.values()[2]));
  EXPECT_EQ(column.values()[3], 1.0f);
  expect_refused(column, Fit::out_of_range, [](Column& c) { return c.put_real(1e39); });
  expect_number_refused(column, Fit::out_of_range, "1e39");
  const auto wide = column_of("Float64");
  EXPECT_EQ(wide->put_number("9007199254740993"), Fit::ok);
  expect_number_refused(*wide, Fit::out_of_range, "1e309");
  expect_number_refused(*wide, Fit::out_of_range, "-1e309");
}

TEST(NumberColumn, RealsReadTheTextsClickHouseReads) {
  for (const char* text : {"inf", "+inf", "INF", "Infinity", "infinity"}) {
    NumberColumn<double> column;
    ASSERT_EQ(column.put_text(text), Fit::ok) << text;
    EXPECT_EQ(column.values()[0], std::numeric_limits<double>::infinity()) << text;
  }
  for (const char* text : {"nan", "NaN", "-nan"}) {
    NumberColumn<double> column;
    ASSERT_EQ(column.put_text(text), Fit::ok) << text;
    EXPECT_TRUE(std::isnan(column.values()[0])) << text;
  }
  NumberColumn<double> column;
  EXPECT_EQ(column.put_text("1."), Fit::ok);
  EXPECT_EQ(column.put_text(".5"), Fit::ok);
  EXPECT_EQ(column.put_text("+1.5"), Fit::ok);
  EXPECT_EQ(column.values()[0] + column.values()[1] + column.values()[2], 3.0);
  for (const char* text : {"", " 1.5", "1.5 ", "1.5x", "1,5", "+-1", "+", "."}) {
    expect_text_refused(column, Fit::unreadable, text);
  }
}

}  // namespace
}  // namespace penstock
