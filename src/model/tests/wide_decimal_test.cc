#include "model/column/wide_decimal.h"

#include "model/tests/column_bytes.h"

namespace penstock {
namespace {

// Bytes as ClickHouse 26.7 wrote them: SELECT toDecimal256('1.5', 3) FORMAT Native.

TEST(WideDecimalColumn, LaysNumbersOutAsClickHouseDoes) {
  const auto column = column_of("Decimal(76, 3)");
  EXPECT_EQ(column->put_text("1.5"), Fit::ok);
  EXPECT_EQ(column->put_decimal(-15, 4), Fit::out_of_range);
  EXPECT_EQ(column->put_decimal(-150, 2), Fit::ok);
  EXPECT_EQ(native_hex(*column), "dc05" + std::string(60, '0') + "24fa" + std::string(60, 'f'));
  expect_slices_add_up("Decimal(76, 3)", *column);
}

TEST(WideDecimalColumn, IsChosenByPrecisionAndByName) {
  for (const char* type : {"Decimal(39, 2)", "Decimal256(2)"}) {
    const auto column = column_of(type);
    EXPECT_EQ(column->put_number("0.01"), Fit::ok);
    EXPECT_EQ(native_hex(*column), "01" + std::string(62, '0')) << type;
  }
  EXPECT_FALSE(make_column(parse_type("Decimal(77, 2)").value()).ok());
}

TEST(WideDecimalColumn, RefusesWhatHasNoPlace) {
  const auto column = column_of("Decimal(40, 38)");
  EXPECT_EQ(column->put_int(99), Fit::ok);
  EXPECT_EQ(column->put_number("-99.99999999999999999999999999999999999999"), Fit::ok);
  expect_refused(*column, Fit::out_of_range, [](Column& into) { return into.put_int(-100); });
  expect_refused(*column, Fit::out_of_range, [](Column& into) { return into.put_uint(100); });
  expect_number_refused(*column, Fit::out_of_range, "0.000000000000000000000000000000000000001");
  expect_refused(*column, Fit::wrong_type, [](Column& into) { return into.put_real(1.5); });
  expect_text_refused(*column, Fit::unreadable, "1,5");
}

}  // namespace
}  // namespace penstock
