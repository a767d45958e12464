#include "model/column/fixed_text.h"

#include <gtest/gtest.h>

#include "model/tests/column_bytes.h"

namespace penstock {
namespace {

// Bytes of SELECT x FROM VALUES('x FixedString(4)', …) FORMAT Native, ClickHouse 26.7.
TEST(FixedTextColumn, FillsShortValuesWithZeroBytes) {
  const auto column = column_of("FixedString(4)");
  EXPECT_EQ(column->put_text(""), Fit::ok);
  EXPECT_EQ(column->put_text("ab"), Fit::ok);
  EXPECT_EQ(column->put_text("abcd"), Fit::ok);
  EXPECT_EQ(native_hex(*column), "000000006162000061626364");
  EXPECT_EQ(column->put_null(), Fit::ok);
  EXPECT_EQ(column->rows(), 4u);
  expect_slices_add_up("FixedString(4)", *column);
}

TEST(FixedTextColumn, RefusesLongTextAndOtherKinds) {
  const auto column = column_of("FixedString(4)");
  column->put_text("ab");
  expect_text_refused(*column, Fit::out_of_range, "abcde");
  expect_number_refused(*column, Fit::wrong_type, "12");
  expect_refused(*column, Fit::wrong_type, [](Column& c) { return c.put_int(12); });
  expect_refused(*column, Fit::wrong_type, [](Column& c) { return c.put_bool(true); });
}

TEST(FixedTextColumn, NeedsAWidthClickHouseKnows) {
  for (const char* type : {"FixedString", "FixedString(0)", "FixedString(-1)", "FixedString('4')",
                           "FixedString(16777216)"}) {
    EXPECT_THROW(column_of(type), std::runtime_error) << type;
  }
}

}  // namespace
}  // namespace penstock
