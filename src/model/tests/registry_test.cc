#include <gtest/gtest.h>

#include "model/tests/column_bytes.h"

namespace penstock {
namespace {

TEST(Registry, AnAggregateStoredAsItsResultIsThatResult) {
  const auto column = column_of("SimpleAggregateFunction(max, Int16)");
  EXPECT_EQ(column->put_int(7), Fit::ok);
  EXPECT_EQ(native_hex(*column), "0700");
}

TEST(Registry, NamesATypeItCannotWrite) {
  const auto column = make_column(parse_type("AggregateFunction(sum, UInt64)").value());
  ASSERT_FALSE(column.ok());
  EXPECT_EQ(column.error().code, "pipe.mapping");
  EXPECT_EQ(column.error().fault, Fault::user);
  EXPECT_NE(column.error().message.find("AggregateFunction(sum, UInt64)"), std::string::npos);
}

TEST(Registry, EveryRefusalHasItsCode) {
  EXPECT_EQ(refusal_code(Fit::wrong_type), "decode.wrong_type");
  EXPECT_EQ(refusal_code(Fit::out_of_range), "decode.out_of_range");
  EXPECT_EQ(refusal_code(Fit::unreadable), "decode.unreadable");
}

TEST(Registry, TheSpellingOfAFunctionStaysWithItsType) {
  for (const char* type : {"SimpleAggregateFunction(groupArrayLastArray(5), Array(Int8))",
                           "SimpleAggregateFunction(sumMap, Tuple(Array(UInt8), Array(UInt64)))",
                           "SimpleAggregateFunction(anyLast, Nullable(String))"}) {
    EXPECT_EQ(to_string(parse_type(type).value()), type);
    EXPECT_TRUE(make_column(parse_type(type).value()).ok()) << type;
  }
}

// Bytes as ClickHouse 26.7 wrote them: SELECT CAST((1, 2), 'Point') FORMAT Native.
TEST(Registry, ShapesOnAMapAreTuplesAndArrays) {
  const auto put_point = [](ColumnWriter& point) {
    point.child(0).put_real(1);
    point.child(1).put_real(2);
    return point.end();
  };
  const auto point = column_of("Point");
  EXPECT_EQ(put_point(*point), Fit::ok);
  EXPECT_EQ(native_hex(*point), "000000000000f03f0000000000000040");
  const auto polygon = column_of("Polygon");
  ColumnWriter& ring = polygon->child(0);
  EXPECT_EQ(put_point(ring.child(0)), Fit::ok);
  EXPECT_EQ(ring.end(), Fit::ok);
  EXPECT_EQ(polygon->end(), Fit::ok);
  EXPECT_EQ(native_hex(*polygon),
            "01000000000000000100000000000000000000000000f03f0000000000000040");
  for (const char* type : {"Ring", "LineString", "MultiLineString", "MultiPolygon"}) {
    EXPECT_EQ(column_of(type)->shape(), Shape::list) << type;
  }
  const auto geometry = column_of("Geometry");
  const int member = geometry->member_for(Shape::record);
  EXPECT_EQ(put_point(geometry->child(static_cast<std::size_t>(member))), Fit::ok);
  EXPECT_EQ(geometry->end(), Fit::ok);
  EXPECT_EQ(native_hex(*geometry), "000000000000000003000000000000f03f0000000000000040");
}

TEST(Registry, SaysWhatToDoAboutATypeItRefuses) {
  const auto advice = [](const char* type) {
    const auto column = make_column(parse_type(type).value());
    EXPECT_FALSE(column.ok()) << type;
    return column.ok() ? std::string() : column.error().message;
  };
  EXPECT_NE(advice("AggregateFunction(sum, UInt64)").find("materialized view"), std::string::npos);
  EXPECT_NE(advice("IntervalDay").find("IntervalDay"), std::string::npos);
  EXPECT_NE(advice("Array(Nothing)").find("Nothing"), std::string::npos);
  EXPECT_NE(advice("QBit(Float32, 8)").find("Array(Float32)"), std::string::npos);
}

}  // namespace
}  // namespace penstock
