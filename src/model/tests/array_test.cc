#include "model/column/array.h"

#include "model/tests/column_bytes.h"

namespace penstock {
namespace {

// Bytes as ClickHouse 26.7 wrote them: SELECT x FROM VALUES(…) FORMAT Native.

void put_texts(ColumnWriter& into, std::initializer_list<const char*> texts) {
  for (const char* text : texts) {
    ColumnWriter& elements = into.child(0);
    EXPECT_EQ(text == nullptr ? elements.put_null() : elements.put_text(text), Fit::ok);
  }
  EXPECT_EQ(into.end(), Fit::ok);
}

TEST(ArrayColumn, WritesTheDictionaryVersionBeforeTheOffsets) {
  constexpr std::string_view kType = "Array(LowCardinality(Nullable(String)))";
  const auto column = column_of(kType);
  put_texts(*column, {});
  put_texts(*column, {"a", nullptr});
  put_texts(*column, {"a"});
  EXPECT_EQ(native_hex(*column),
            "0100000000000000000000000000000002000000000000000300000000000000"
            "0006000000000000030000000000000000000161030000000000000002"
            "0002");
  expect_slices_add_up(kType, *column);
}

TEST(ArrayColumn, WritesNoDictionaryWhenAllArraysAreEmpty) {
  const auto column = column_of("Array(LowCardinality(String))");
  put_texts(*column, {});
  EXPECT_EQ(column->put_null(), Fit::ok);
  EXPECT_EQ(native_hex(*column), "010000000000000000000000000000000000000000000000");
}

/// [[1,2],[]], [], [[3]]
void put_nested(Column& column) {
  ColumnWriter& inner = column.child(0);
  inner.child(0).put_int(1);
  inner.child(0).put_int(2);
  inner.end();
  inner.put_null();
  column.end();
  column.put_default();
  inner.child(0).put_int(3);
  inner.end();
  column.end();
}

TEST(ArrayColumn, NestsAsClickHouseDoes) {
  const auto column = column_of("Array(Array(UInt8))");
  put_nested(*column);
  EXPECT_EQ(native_hex(*column),
            "020000000000000002000000000000000300000000000000"
            "020000000000000002000000000000000300000000000000010203");
  EXPECT_EQ(column->bytes(), 51u);
  expect_slices_add_up("Array(Array(UInt8))", *column);
}

TEST(ArrayColumn, UndoesAHalfWrittenRowDeepInside) {
  const auto column = column_of("Array(Array(UInt8))");
  put_nested(*column);
  const std::string before = native_hex(*column);
  ColumnWriter& inner = column->child(0);
  inner.child(0).put_int(9);
  inner.end();
  inner.child(0).put_int(10);  // neither the inner nor the outer array is closed
  EXPECT_EQ(inner.child(0).put_text("x"), Fit::unreadable);
  column->truncate(3);
  EXPECT_EQ(native_hex(*column), before);
  column->truncate(1);
  put_texts(*column, {});
  EXPECT_EQ(column->rows(), 2u);
}

TEST(ArrayColumn, RefusesWhatIsNoList) {
  const auto column = column_of("Array(UInt8)");
  EXPECT_EQ(column->shape(), Shape::list);
  expect_text_refused(*column, Fit::wrong_type, "[1,2]");
  expect_number_refused(*column, Fit::wrong_type, "1");
  expect_refused(*column, Fit::wrong_type, [](Column& into) { return into.put_int(1); });
}

TEST(NestedColumn, IsAnArrayOfTuples) {
  const auto nested = column_of("Nested(k LowCardinality(String), v Nullable(UInt8))");
  ColumnWriter& row = nested->child(0);
  EXPECT_EQ(row.shape(), Shape::record);
  EXPECT_EQ(row.child_index("v"), 1);
  row.child(0).put_text("a");
  row.child(1).put_int(1);
  row.end();
  row.child(0).put_text("b");
  row.child(1).put_null();
  row.end();
  nested->end();
  nested->put_default();
  EXPECT_EQ(native_hex(*nested),
            "010000000000000002000000000000000200000000000000000600000000000003000000000000000001"
            "6101620200000000000000010200010100");
}

}  // namespace
}  // namespace penstock
