#include "model/column/map.h"

#include "model/tests/column_bytes.h"

namespace penstock {
namespace {

// Bytes as ClickHouse 26.7 wrote them: SELECT x FROM VALUES(…) FORMAT Native.

/// {'a': [1, 2], 'b': []}, {}
void put_two_rows(Column& column) {
  column.child(0).put_text("a");
  column.child(1).child(0).put_int(1);
  column.child(1).child(0).put_int(2);
  EXPECT_EQ(column.child(1).end(), Fit::ok);
  column.child(0).put_text("b");
  EXPECT_EQ(column.child(1).end(), Fit::ok);
  EXPECT_EQ(column.end(), Fit::ok);
  EXPECT_EQ(column.put_null(), Fit::ok);
}

TEST(MapColumn, LaysPairsOutAsClickHouseDoes) {
  const auto column = column_of("Map(String, Array(UInt8))");
  put_two_rows(*column);
  EXPECT_EQ(native_hex(*column),
            "02000000000000000200000000000000016101620200000000000000020000000000"
            "00000102");
  expect_slices_add_up("Map(String, Array(UInt8))", *column);
}

TEST(MapColumn, KeepsAKeyThatComesTwice) {
  const auto column = column_of("Map(LowCardinality(String), UInt8)");
  for (int value : {1, 2}) {
    column->child(0).put_text("a");
    column->child(1).put_int(value);
  }
  EXPECT_EQ(column->end(), Fit::ok);
  EXPECT_EQ(native_hex(*column),
            "01000000000000000200000000000000000600000000000002000000000000000001610200000000000000"
            "01010102");
}

TEST(MapColumn, RefusesAKeyWithoutItsValueAndUndoesIt) {
  const auto column = column_of("Map(String, Array(UInt8))");
  put_two_rows(*column);
  const std::string before = native_hex(*column);
  column->child(0).put_text("c");
  column->child(1).child(0).put_int(3);
  EXPECT_EQ(column->end(), Fit::wrong_type);
  EXPECT_EQ(column->rows(), 2u);
  column->truncate(2);
  EXPECT_EQ(native_hex(*column), before);
}

TEST(MapColumn, NeedsTwoInnerTypes) {
  EXPECT_EQ(column_of("Map(String, String)")->shape(), Shape::map);
  const Type one{.name = "Map", .arguments = {{.name = "String"}}};
  EXPECT_FALSE(make_column(one).ok());
}

}  // namespace
}  // namespace penstock
