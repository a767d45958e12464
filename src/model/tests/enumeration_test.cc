#include "model/column/enumeration.h"

#include <gtest/gtest.h>

#include "model/tests/column_bytes.h"

namespace penstock {
namespace {

// Bytes of SELECT x FROM VALUES('x <type>', …) FORMAT Native, ClickHouse 26.7.
TEST(EnumerationColumn, LaysRowsOutAsClickHouseDoes) {
  constexpr const char* kEnum8 = "Enum8('a' = 1, 'b' = -2)";
  const auto narrow = column_of(kEnum8);
  EXPECT_EQ(narrow->put_text("a"), Fit::ok);
  EXPECT_EQ(narrow->put_text("b"), Fit::ok);
  EXPECT_EQ(native_hex(*narrow), "01fe");
  expect_slices_add_up(kEnum8, *narrow);
  constexpr const char* kEnum16 = "Enum16('b' = -2, 'a' = 1, 'c' = 1000)";
  const auto wide = column_of(kEnum16);
  for (const char* name : {"a", "b", "c"}) EXPECT_EQ(wide->put_text(name), Fit::ok);
  EXPECT_EQ(native_hex(*wide), "0100feffe803");
  expect_slices_add_up(kEnum16, *wide);
}

TEST(EnumerationColumn, TakesNumbersThatExistAndNamesFirst) {
  const auto column = column_of(R"(Enum8('a' = 1, '1' = 2, 'it\'s, = 9' = 3))");
  EXPECT_EQ(column->put_int(1), Fit::ok);
  EXPECT_EQ(column->put_uint(2), Fit::ok);
  EXPECT_EQ(column->put_real(3.0), Fit::ok);
  EXPECT_EQ(column->put_number("1"), Fit::ok);
  EXPECT_EQ(column->put_text("1"), Fit::ok);  // the name '1'
  EXPECT_EQ(column->put_text("3"), Fit::ok);  // no such name: the number
  EXPECT_EQ(column->put_text("it's, = 9"), Fit::ok);
  EXPECT_EQ(native_hex(*column), "01020301020303");
}

TEST(EnumerationColumn, ZeroValueIsTheSmallestNumber) {
  const auto column = column_of("Enum8('z' = 7, 'b' = 5)");
  column->put_default();
  EXPECT_EQ(column->put_null(), Fit::ok);
  EXPECT_EQ(native_hex(*column), "0505");
}

TEST(EnumerationColumn, RefusesWhatIsNotListed) {
  const auto column = column_of("Enum8('a' = 1, 'b' = -2)");
  column->put_text("a");
  for (const char* text : {"", "c", "A", "a ", "5", "300"}) {
    expect_text_refused(*column, Fit::unreadable, text);
  }
  expect_refused(*column, Fit::out_of_range, [](Column& c) { return c.put_int(5); });
  expect_refused(*column, Fit::out_of_range, [](Column& c) { return c.put_int(257); });
  expect_refused(*column, Fit::out_of_range, [](Column& c) { return c.put_uint(1u << 31); });
  expect_refused(*column, Fit::out_of_range, [](Column& c) { return c.put_real(1.5); });
  expect_number_refused(*column, Fit::out_of_range, "5");
  expect_refused(*column, Fit::wrong_type, [](Column& c) { return c.put_bool(true); });
}

TEST(EnumerationColumn, NeedsEntriesThatFit) {
  for (const char* type : {"Enum8", "Enum8('a')", "Enum8('a' = 128)", "Enum8(1)"}) {
    EXPECT_THROW(column_of(type), std::runtime_error) << type;
  }
}

TEST(EnumerationColumn, TellsNamesApartThatBeginAndEndAlike) {
  std::string type = "Enum16(";
  for (int i = 0; i < 600; ++i) {
    type += (i > 0 ? ", '" : "'") + std::string("prefix00") + std::to_string(i) +
            "suffix00' = " + std::to_string(i);
  }
  const auto column = column_of(type + ")");
  const auto& values = static_cast<const EnumerationColumn<std::int16_t>&>(*column);
  for (int time = 0; time < 2; ++time) {
    for (int i = 0; i < 600; ++i) {
      ASSERT_EQ(column->put_text("prefix00" + std::to_string(i) + "suffix00"), Fit::ok);
      ASSERT_EQ(values.values().back(), i);
    }
    expect_text_refused(*column, Fit::unreadable, "prefix00600suffix00");
    expect_text_refused(*column, Fit::unreadable, "prefix00suffix00");
  }
}

}  // namespace
}  // namespace penstock
