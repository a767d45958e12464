#include "model/column/boolean.h"

#include <gtest/gtest.h>

#include "model/tests/column_bytes.h"

namespace penstock {
namespace {

TEST(BooleanColumn, TakesBoolsZeroAndOne) {
  BooleanColumn column;
  EXPECT_EQ(column.put_bool(true), Fit::ok);
  EXPECT_EQ(column.put_bool(false), Fit::ok);
  EXPECT_EQ(column.put_int(1), Fit::ok);
  EXPECT_EQ(column.put_uint(0), Fit::ok);
  EXPECT_EQ(column.put_real(1.0), Fit::ok);
  EXPECT_EQ(column.put_number("1"), Fit::ok);
  EXPECT_EQ(column.put_null(), Fit::ok);
  EXPECT_EQ(native_hex(column), "01000100010100");
  expect_slices_add_up("Bool", column);
}

TEST(BooleanColumn, ReadsClickHousesWordsInAnyCase) {
  for (const char* word : {"true", "TRUE", "tRuE", "1", "t", "T", "yes", "Yes", "y", "on", "ON",
                           "enable", "enabled"}) {
    BooleanColumn column;
    EXPECT_EQ(column.put_text(word), Fit::ok) << word;
    EXPECT_EQ(native_hex(column), "01") << word;
  }
  for (const char* word :
       {"false", "False", "0", "f", "no", "NO", "n", "off", "disable", "Disabled"}) {
    BooleanColumn column;
    EXPECT_EQ(column.put_text(word), Fit::ok) << word;
    EXPECT_EQ(native_hex(column), "00") << word;
  }
}

TEST(BooleanColumn, RefusesEverythingElse) {
  BooleanColumn column;
  column.put_default();
  for (const char* word : {"", "2", "tru", "truex", " true", "true ", "null"}) {
    expect_text_refused(column, Fit::unreadable, word);
  }
  expect_refused(column, Fit::out_of_range, [](Column& c) { return c.put_int(2); });
  expect_refused(column, Fit::out_of_range, [](Column& c) { return c.put_int(-1); });
  expect_refused(column, Fit::out_of_range, [](Column& c) { return c.put_uint(2); });
  expect_refused(column, Fit::out_of_range, [](Column& c) { return c.put_real(0.5); });
  expect_number_refused(column, Fit::out_of_range, "2");
}

}  // namespace
}  // namespace penstock
