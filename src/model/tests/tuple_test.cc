#include "model/column/tuple.h"

#include "model/tests/column_bytes.h"

namespace penstock {
namespace {

// Bytes as ClickHouse 26.7 wrote them: SELECT x FROM VALUES(…) FORMAT Native.

TEST(TupleColumn, LaysElementsOutAsClickHouseDoes) {
  constexpr std::string_view kType = "Tuple(a DateTime64(3, 'UTC'), b LowCardinality(String))";
  const auto column = column_of(kType);
  column->child(0).put_text("2024-01-05 12:34:56.789");
  column->child(1).put_text("q");
  EXPECT_EQ(column->end(), Fit::ok);
  EXPECT_EQ(column->put_null(), Fit::ok);
  EXPECT_EQ(native_hex(*column),
            "010000000000000095909ed98c010000000000000000000000060000000000000200000000000000"
            "00017102000000000000000100");
  expect_slices_add_up(kType, *column);
}

TEST(TupleColumn, FindsElementsByNameWhereTheyHaveOne) {
  const auto named = column_of("Tuple(a UInt8, b String)");
  EXPECT_EQ(named->shape(), Shape::record);
  EXPECT_EQ(named->children(), 2u);
  EXPECT_EQ(named->child_index("b"), 1);
  EXPECT_EQ(named->child_index("c"), -1);
  EXPECT_EQ(column_of("Tuple(UInt8, String)")->child_index("1"), -1);
}

TEST(TupleColumn, RefusesARecordWithoutAllElementsAndUndoesIt) {
  const auto column = column_of("Tuple(UInt8, Array(String))");
  column->put_default();
  const std::string before = native_hex(*column);
  column->child(0).put_int(1);
  column->child(1).child(0).put_text("half");
  EXPECT_EQ(column->end(), Fit::wrong_type);
  column->truncate(1);
  EXPECT_EQ(native_hex(*column), before);
  column->child(0).put_int(1);
  column->child(0).put_int(2);
  column->child(1).end();
  EXPECT_EQ(column->end(), Fit::wrong_type) << "an element came twice";
  column->truncate(0);
  EXPECT_EQ(column->child(0).rows(), 0u);
}

TEST(TupleColumn, NeedsAnElement) { EXPECT_FALSE(make_column(Type{.name = "Tuple"}).ok()); }

}  // namespace
}  // namespace penstock
