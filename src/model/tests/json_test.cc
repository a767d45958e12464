#include "model/column/json.h"

#include "model/tests/column_bytes.h"

namespace penstock {
namespace {

// Bytes as ClickHouse 26.7 wrote them with output_format_native_write_json_as_string = 1,
// which it reads as well: SELECT x FROM VALUES('x JSON', …) FORMAT Native.

TEST(JsonColumn, LaysObjectsOutAsClickHouseDoes) {
  const auto column = column_of("JSON(max_dynamic_paths=8, `a.b` UInt32, SKIP REGEXP '^x')");
  EXPECT_EQ(column->put_json("{\"a\":1}"), Fit::ok);
  EXPECT_EQ(column->put_json("{}"), Fit::ok);
  EXPECT_EQ(native_hex(*column), "0100000000000000077b2261223a317d027b7d");
  expect_slices_add_up("JSON", *column);
}

TEST(JsonColumn, LaysItselfOutInsideOthersAsClickHouseDoes) {
  const auto nullable = column_of("Nullable(JSON)");
  EXPECT_EQ(nullable->put_json("{\"a\":1}"), Fit::ok);
  EXPECT_EQ(nullable->put_null(), Fit::ok);
  EXPECT_EQ(native_hex(*nullable), "01000000000000000001077b2261223a317d027b7d");
  expect_slices_add_up("Nullable(JSON)", *nullable);
  const auto array = column_of("Array(JSON)");
  array->child(0).put_json("{\"a\":1}");
  array->child(0).put_null();
  EXPECT_EQ(array->end(), Fit::ok);
  EXPECT_EQ(native_hex(*array), "01000000000000000200000000000000077b2261223a317d027b7d");
}

TEST(JsonColumn, TakesAnObjectSpeltInAText) {
  const auto column = column_of("JSON");
  EXPECT_EQ(column->put_text(" {\"a\": 1}"), Fit::ok);
  expect_text_refused(*column, Fit::wrong_type, "abc");
  expect_text_refused(*column, Fit::wrong_type, "");
}

TEST(JsonColumn, RefusesWhatTheServerWouldRefuse) {
  const auto column = column_of("JSON");
  const auto expect_json_refused = [&](Fit fit, std::string_view json) {
    SCOPED_TRACE(json);
    expect_refused(*column, fit, [json](Column& into) { return into.put_json(json); });
  };
  expect_json_refused(Fit::wrong_type, "[1]");
  expect_json_refused(Fit::unreadable, "{\"a\":1");
  expect_json_refused(Fit::unreadable, "{\"a\":1} x");
  expect_json_refused(Fit::unreadable, "{\"a\":\"\\q\"}");
  expect_json_refused(Fit::unreadable, "{\"a\":\"\\ud800\"}");
  expect_json_refused(Fit::out_of_range, "{\"a\":99999999999999999999999}");
  expect_json_refused(Fit::out_of_range, "{\"a\":1.5e400}");
  expect_refused(*column, Fit::wrong_type, [](Column& into) { return into.put_int(1); });
  expect_refused(*column, Fit::wrong_type, [](Column& into) { return into.put_bool(true); });
}

}  // namespace
}  // namespace penstock
