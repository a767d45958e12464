#include "model/column/decimal.h"

#include <gtest/gtest.h>

#include "model/tests/column_bytes.h"

namespace penstock {
namespace {

// Bytes of SELECT x FROM VALUES('x <type>', …) FORMAT Native, ClickHouse 26.7.
TEST(DecimalColumn, LaysRowsOutAsClickHouseDoes) {
  struct Golden {
    const char* type;
    const char* first;
    const char* second;
    const char* hex;
  };
  const Golden goldens[] = {
      {"Decimal(9, 2)", "1.5", "-1234567.89", "96000000eb32a4f8"},
      {"Decimal(18, 4)", "1.5", "-12345678901234.5678", "983a000000000000b20ccf59b46449fe"},
      {"Decimal(38, 10)", "1.5", "-1234567890123456789012345678.0123456789",
       "00d6117e030000000000000000000000ebba9833b16fb63becccfd0f094fb6f6"},
  };
  for (const Golden& golden : goldens) {
    const auto column = column_of(golden.type);
    EXPECT_EQ(column->put_text(golden.first), Fit::ok);
    EXPECT_EQ(column->put_number(golden.second), Fit::ok);
    EXPECT_EQ(native_hex(*column), golden.hex) << golden.type;
    expect_slices_add_up(golden.type, *column);
  }
}

TEST(DecimalColumn, ChoosesTheStorageByPrecision) {
  const std::pair<const char*, std::size_t> widths[] = {
      {"Decimal(1)", 4},      {"Decimal(9, 9)", 4},    {"Decimal(10, 9)", 8},
      {"Decimal(18, 0)", 8},  {"Decimal(19, 19)", 16}, {"Decimal(38, 38)", 16},
      {"Decimal", 8},         {"Decimal32(9)", 4},     {"Decimal64(2)", 8},
      {"Decimal128(38)", 16},
  };
  for (const auto& [type, width] : widths) {
    const auto column = column_of(type);
    column->put_default();
    EXPECT_EQ(column->bytes(), width) << type;
  }
  for (const char* type : {"Decimal(0)", "Decimal(77, 2)", "Decimal(9, 10)", "Decimal(9, -1)",
                           "Decimal32(10)", "Decimal32", "Decimal('9')"}) {
    EXPECT_THROW(column_of(type), std::runtime_error) << type;
  }
}

TEST(DecimalColumn, ReadsEverySpellingExactly) {
  const std::pair<const char*, std::int32_t> cases[] = {
      {"0", 0},
      {"-0.00", 0},
      {"1", 100},
      {"1.", 100},
      {".5", 50},
      {"+1.5", 150},
      {"1.550", 155},
      {"1.55000000000000", 155},
      {"1e3", 100000},
      {"1.5e1", 1500},
      {"1E-2", 1},
      {"123.4e-1", 1234},
      {"0e400", 0},
      {"0.001e1", 1},
      {"9999999.99", 999999999},
      {"-9999999.99", -999999999},
      {"0000000000000000000012", 1200},
      {"1e6", 100000000},
      {"0.0000000000000000001e19", 100},
      {"100000000000e-10", 1000},
  };
  for (const auto& [text, units] : cases) {
    DecimalColumn<std::int32_t> column(9, 2);
    ASSERT_EQ(column.put_number(text), Fit::ok) << text;
    EXPECT_EQ(column.values()[0], units) << text;
  }
}

TEST(DecimalColumn, NeverLosesADigit) {
  DecimalColumn<std::int32_t> column(9, 2);
  column.put_int(1);
  for (const char* text : {"1.555", "1e-3", "1e-400", "10000000", "12345678.5", "1e7", "1e400",
                           "-10000000.00", "0.001", "1e99999999999999999999"}) {
    expect_text_refused(column, Fit::out_of_range, text);
    expect_number_refused(column, Fit::out_of_range, text);
  }
  for (const char* text : {"", "x", " 1.5", "1.5 ", "1.5x", ".", "-", "e1", "1e", "1e+", "--1",
                           "1.2.3", "nan", "inf", "1,5"}) {
    expect_text_refused(column, Fit::unreadable, text);
  }
}

TEST(DecimalColumn, TakesIntegersAndRefusesBinaryReals) {
  DecimalColumn<std::int32_t> column(9, 2);
  EXPECT_TRUE(column.wants_digits());
  EXPECT_EQ(column.put_int(-9999999), Fit::ok);
  EXPECT_EQ(column.put_uint(9999999), Fit::ok);
  EXPECT_EQ(column.values()[0], -999999900);
  EXPECT_EQ(column.values()[1], 999999900);
  expect_refused(column, Fit::out_of_range, [](Column& c) { return c.put_int(-10000000); });
  expect_refused(column, Fit::out_of_range, [](Column& c) { return c.put_uint(10000000); });
  expect_refused(column, Fit::wrong_type, [](Column& c) { return c.put_real(1.5); });
  expect_refused(column, Fit::wrong_type, [](Column& c) { return c.put_bool(true); });
  const auto wide = column_of("Decimal(38, 10)");
  EXPECT_EQ(wide->put_uint(~std::uint64_t{0}), Fit::ok);
  EXPECT_EQ(wide->put_int(std::int64_t{1} << 63), Fit::ok);
  const auto fraction = column_of("Decimal(38, 38)");
  EXPECT_EQ(fraction->put_int(0), Fit::ok);
  EXPECT_EQ(fraction->put_text("0.99999999999999999999999999999999999999"), Fit::ok);
  expect_refused(*fraction, Fit::out_of_range, [](Column& c) { return c.put_int(1); });
}

}  // namespace
}  // namespace penstock
