#include "model/column/nullable.h"

#include "model/tests/column_bytes.h"

namespace penstock {
namespace {

TEST(NullableColumn, LaysNullsOutAsClickHouseDoes) {
  const auto column = column_of("Nullable(UInt16)");
  EXPECT_EQ(column->put_int(258), Fit::ok);
  EXPECT_EQ(column->put_null(), Fit::ok);
  EXPECT_EQ(column->put_number("3"), Fit::ok);
  EXPECT_EQ(native_hex(*column), "000100020100000300");
  expect_slices_add_up("Nullable(UInt16)", *column);
}

TEST(NullableColumn, StaysAsItWasWhenTheInnerColumnRefuses) {
  const auto column = column_of("Nullable(UInt8)");
  EXPECT_EQ(column->put_int(1), Fit::ok);
  expect_text_refused(*column, Fit::unreadable, "x");
  expect_refused(*column, Fit::out_of_range, [](Column& into) { return into.put_int(256); });
  EXPECT_EQ(column->put_int(2), Fit::ok);
  EXPECT_EQ(native_hex(*column), "00000102");
}

TEST(NullableColumn, PassesOnWhatTheInnerColumnWants) {
  EXPECT_TRUE(column_of("Nullable(Decimal(9, 2))")->wants_digits());
  EXPECT_FALSE(column_of("Nullable(UInt8)")->wants_digits());
  const auto column = column_of("Nullable(DateTime64(6))");
  EXPECT_EQ(column->put_time(1, TimeUnit::milliseconds), Fit::ok);
  EXPECT_EQ(native_hex(*column), "00e803000000000000");
}

TEST(NullableColumn, HoldsScalarsOnly) {
  for (const char* type : {"Nullable(Array(UInt8))", "Nullable(Tuple(UInt8))", "Nullable"}) {
    Type parsed{.name = "Nullable"};
    if (auto read = parse_type(type); read.ok()) parsed = read.value();
    auto made = make_column(parsed);
    ASSERT_FALSE(made.ok()) << type;
    EXPECT_EQ(made.error().code, "pipe.mapping");
  }
}

}  // namespace
}  // namespace penstock
