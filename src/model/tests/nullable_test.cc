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

TEST(NullableColumn, HoldsNoLists) {
  for (const char* type :
       {"Nullable(Array(UInt8))", "Nullable(Map(String, UInt8))", "Nullable(Dynamic)",
        "Nullable(Variant(UInt8))", "Nullable(LowCardinality(String))", "Nullable"}) {
    Type parsed{.name = "Nullable"};
    if (auto read = parse_type(type); read.ok()) parsed = read.value();
    auto made = make_column(parsed);
    ASSERT_FALSE(made.ok()) << type;
    EXPECT_EQ(made.error().code, "pipe.mapping");
  }
}

TEST(NullableColumn, HoldsTuplesAsClickHouseDoes) {
  // With enable_nullable_tuple_type = 1.
  constexpr std::string_view kType = "Nullable(Tuple(a UInt8, b String))";
  const auto column = column_of(kType);
  ASSERT_EQ(column->shape(), Shape::record);
  column->child(static_cast<std::size_t>(column->child_index("a"))).put_int(1);
  EXPECT_EQ(column->end(), Fit::wrong_type);
  column->child(1).put_text("q");
  EXPECT_EQ(column->end(), Fit::ok);
  EXPECT_EQ(column->put_null(), Fit::ok);
  EXPECT_EQ(native_hex(*column), "00010100017100");
  expect_slices_add_up(kType, *column);
  const std::string before = native_hex(*column);
  column->child(0).put_int(7);
  column->truncate(2);
  EXPECT_EQ(native_hex(*column), before);
}

}  // namespace
}  // namespace penstock
