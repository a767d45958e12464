#include "model/column/text.h"

#include <gtest/gtest.h>

#include <limits>
#include <string>
#include <vector>

#include "model/native_text.h"
#include "model/tests/column_bytes.h"

namespace penstock {
namespace {

std::string hex_of_text(std::string_view text) {
  TextColumn column;
  column.put_text(text);
  return native_hex(column);
}

TEST(TextColumn, LaysRowsOutAsClickHouseDoes) {
  TextColumn column;
  column.put_text("");
  column.put_text("ab");
  column.put_text(std::string(130, 'x'));
  column.put_text(std::string_view("\0\xff", 2));
  std::string expected = "000261628201";  // 130 as varint: 82 01
  for (int i = 0; i < 130; ++i) expected += "78";
  EXPECT_EQ(native_hex(column), expected + "0200ff");
  expect_slices_add_up("String", column);
}

TEST(TextColumn, CopiesTextsOfEveryLengthAndNothingElse) {
  TextColumn column;
  std::string expected;
  for (std::size_t size = 0; size <= 300; ++size) {
    std::string text;
    for (std::size_t at = 0; at < size; ++at) text += static_cast<char>(at * 7 + size);
    // On the heap in its exact size, so that a checker sees a byte too many.
    const std::vector<char> exact(text.begin(), text.end());
    EXPECT_EQ(column.put_text({exact.data(), exact.size()}), Fit::ok);
    if (size < 128) {
      expected += static_cast<char>(size);
    } else {
      expected += {static_cast<char>(size | 128), static_cast<char>(size >> 7)};
    }
    expected += text;
  }
  NativeOutput out;
  column.write_rows(out);
  ASSERT_EQ(out.pieces().size(), 1u);
  EXPECT_TRUE(as_text(out.pieces().front()) == expected);
  expect_slices_add_up("String", column);
}

TEST(TextColumn, KeepsNumbersAsTheyWereSpelt) {
  EXPECT_TRUE(TextColumn().wants_digits());
  for (const char* digits : {"12", "1.50", "1e3", "-0", "12345678901234567890123"}) {
    TextColumn column;
    EXPECT_EQ(column.put_number(digits), Fit::ok);
    EXPECT_EQ(native_hex(column), hex_of_text(digits));
  }
}

TEST(TextColumn, TakesOtherKindsAsClickHousesText) {
  TextColumn column;
  column.put_int(std::numeric_limits<std::int64_t>::min());
  column.put_uint(std::numeric_limits<std::uint64_t>::max());
  column.put_bool(true);
  column.put_bool(false);
  column.put_null();
  EXPECT_EQ(native_hex(column), hex_of_text("-9223372036854775808") +
                                    hex_of_text("18446744073709551615") + hex_of_text("true") +
                                    hex_of_text("false") + "00");
}

// Each right side is what SELECT toString(…) gave, ClickHouse 26.7.
TEST(TextColumn, SpellsRealsAsClickHouseDoes) {
  const std::pair<double, const char*> cases[] = {
      {1e20, "100000000000000000000"},
      {9007199254740994, "9007199254740994"},
      {33680090791980408, "33680090791980410"},
      {-1.7976931348623157e20, "-179769313486231570000"},
      {1e21, "1e21"},
      {1.25e22, "1.25e22"},
      {1e-6, "0.000001"},
      {1.234e-6, "0.000001234"},
      {1e-7, "1e-7"},
      {1.5e-7, "1.5e-7"},
      {123456.789, "123456.789"},
      {1e5, "100000"},
      {-0.0, "-0"},
      {0.1, "0.1"},
      {std::numeric_limits<double>::max(), "1.7976931348623157e308"},
      {-std::numeric_limits<double>::infinity(), "-inf"},
      {std::numeric_limits<double>::quiet_NaN(), "nan"},
  };
  for (const auto& [value, text] : cases) {
    TextColumn column;
    column.put_real(value);
    EXPECT_EQ(native_hex(column), hex_of_text(text)) << text;
  }
}

std::string text_of_row(std::size_t row) { return std::string(row % 300, 'a' + row % 26); }

TextColumn rows_up_to(std::size_t rows) {
  TextColumn column;
  for (std::size_t row = 0; row < rows; ++row) column.put_text(text_of_row(row));
  return column;
}

TEST(TextColumn, TruncatesToAnyRow) {
  for (const std::size_t rows : {0u, 1u, 1023u, 1024u, 1025u, 2047u, 2048u, 2999u, 3000u}) {
    TextColumn column = rows_up_to(3000);
    column.truncate(rows);
    EXPECT_EQ(column.rows(), rows);
    EXPECT_EQ(native_hex(column), native_hex(rows_up_to(rows)));
    for (std::size_t row = rows; row < 3000; ++row) column.put_text(text_of_row(row));
    EXPECT_EQ(native_hex(column), native_hex(rows_up_to(3000)));
    column.truncate(2500);
    EXPECT_EQ(native_hex(column), native_hex(rows_up_to(2500)));
  }
}

TEST(TextColumn, AppendsAnySliceAndKnowsItsRowsAfterwards) {
  const TextColumn whole = rows_up_to(3000);
  for (const std::size_t first : {0u, 1u, 1000u, 1024u, 2000u}) {
    TextColumn part = rows_up_to(first);
    part.append(whole, first, 3000 - first);
    EXPECT_EQ(part.rows(), 3000u);
    EXPECT_EQ(native_hex(part), native_hex(whole));
    part.truncate(2100);
    EXPECT_EQ(native_hex(part), native_hex(rows_up_to(2100)));
    part.append(whole, 7, 0);
    EXPECT_EQ(part.rows(), 2100u);
  }
}

TEST(TextColumn, ClearKeepsWorking) {
  TextColumn column = rows_up_to(2000);
  column.clear();
  EXPECT_EQ(column.bytes(), 0u);
  column.put_text("again");
  EXPECT_EQ(native_hex(column), hex_of_text("again"));
}

TEST(TextColumn, SpellsDaysAndDurationsAsClickHouseDoes) {
  const auto column = column_of("String");
  EXPECT_EQ(column->put_day(19'727), Fit::ok);
  EXPECT_EQ(column->put_day(100'000'000), Fit::ok);
  EXPECT_EQ(column->put_duration(-3'723'500, TimeUnit::milliseconds), Fit::ok);
  EXPECT_EQ(column->put_duration(3'600'000, TimeUnit::seconds), Fit::ok);
  EXPECT_EQ(native_texts(parse_type("String").value(), *column),
            (std::vector<std::string>{"\"2024-01-05\"", "\"100000000\"", "\"-01:02:03.500\"",
                                      "\"3600000\""}));
}

}  // namespace
}  // namespace penstock
