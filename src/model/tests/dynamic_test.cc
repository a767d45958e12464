#include "model/column/dynamic.h"

#include <fmt/format.h>

#include <limits>

#include "model/native_text.h"
#include "model/tests/column_bytes.h"

namespace penstock {
namespace {

// Bytes as ClickHouse 26.7 wrote them with
// output_format_native_use_flattened_dynamic_and_json_serialization = 1, which it reads as well.

TEST(DynamicColumn, LaysTypesOutAsClickHouseDoes) {
  const auto column = column_of("Dynamic(max_types=4)");
  EXPECT_EQ(column->put_int(1), Fit::ok);
  EXPECT_EQ(column->put_json("[\"1\"]"), Fit::ok);
  EXPECT_EQ(column->put_text("a"), Fit::ok);
  EXPECT_EQ(column->put_null(), Fit::ok);
  EXPECT_EQ(native_hex(*column),
            "0300000000000000030d417272617928537472696e672905496e74363406"
            "537472696e67010002030100000000000000013101000000000000000161");
  expect_slices_add_up("Dynamic", *column);
}

TEST(DynamicColumn, LaysItselfOutInsideOthersAsClickHouseDoes) {
  const auto array = column_of("Array(Dynamic)");
  array->child(0).put_int(5);
  array->child(0).put_text("a");
  EXPECT_EQ(array->end(), Fit::ok);
  EXPECT_EQ(native_hex(*array),
            "03000000000000000205496e74363406537472696e6702000000000000000001"
            "05000000000000000161");
}

/// The type under which the one value is kept, or the refusal.
template <class Put>
std::string kept(Put put) {
  const auto column = column_of("Dynamic");
  if (const Fit fit = put(*column); fit != Fit::ok) return std::string(refusal_code(fit));
  NativeOutput out;
  column->write_prefix(out);
  std::string bytes;
  for (const Bytes piece : out.pieces()) bytes += as_text(piece);
  constexpr std::size_t kTypes = 9;
  return bytes.size() == kTypes ? "null" : bytes.substr(kTypes + 1, std::size_t(bytes[kTypes]));
}
std::string of_json(std::string_view json) {
  return kept([json](Column& into) { return into.put_json(json); });
}
std::string of_number(std::string_view digits) {
  return kept([digits](Column& into) { return into.put_number(digits); });
}
std::string of_text(std::string_view text) {
  return kept([text](Column& into) { return into.put_text(text); });
}

TEST(DynamicColumn, KeepsNumbersAsClickHouseInfersThem) {
  EXPECT_EQ(of_number("-1"), "Int64");
  EXPECT_EQ(of_number("18446744073709551615"), "UInt64");
  EXPECT_EQ(of_number("18446744073709551616"), "String");
  EXPECT_EQ(of_number("-9223372036854775809"), "String");
  EXPECT_EQ(of_number("1.0"), "Float64");
  EXPECT_EQ(of_number("1e5"), "Float64");
  EXPECT_EQ(of_number("1.5e400"), "decode.out_of_range");
  EXPECT_EQ(kept([](Column& into) { return into.put_uint(7); }), "Int64");
  EXPECT_EQ(kept([](Column& into) { return into.put_real(7); }), "Float64");
  EXPECT_EQ(kept([](Column& into) { return into.put_bool(true); }), "Bool");
  EXPECT_EQ(kept([](Column& into) { return into.put_null(); }), "null");
}

TEST(DynamicColumn, KeepsEveryDigitOfADecimal) {
  const auto of_decimal = [](std::int64_t unscaled, int scale) {
    return kept([=](Column& into) { return into.put_decimal(unscaled, scale); });
  };
  const auto of_digits = [](const std::string& digits) {
    return kept([&digits](Column& into) { return into.put_decimal_text(digits); });
  };
  EXPECT_EQ(of_decimal(1250, 2), "Decimal(38, 2)");
  EXPECT_EQ(of_decimal(5, 0), "Decimal(38, 0)");
  EXPECT_EQ(of_decimal(std::numeric_limits<std::int64_t>::min(), 38), "Decimal(38, 38)");
  EXPECT_EQ(of_digits(fmt::format("-{:9>30}.00000001", "")), "Decimal(38, 8)");
  EXPECT_EQ(of_digits(fmt::format("{:9>30}.123456789", "")), "Decimal(76, 9)");
  EXPECT_EQ(of_digits(std::string(77, '9')), "String");
}

TEST(DynamicColumn, KeepsTextsAsTimesOnlyWhereNothingIsGuessedOrLost) {
  EXPECT_EQ(of_text("abc"), "String");
  EXPECT_EQ(of_text("42"), "String");
  EXPECT_EQ(of_text(""), "String");
  EXPECT_EQ(of_text("2020-01-01"), "Date");
  EXPECT_EQ(of_text("1950-01-01"), "DateTime64(9)");
  EXPECT_EQ(of_text("2020-01-01 01:02:03"), "DateTime");
  EXPECT_EQ(of_text("2020-01-01T01:02:03+02:00"), "DateTime");
  EXPECT_EQ(of_text("2020-01-01T01:02:03.123Z"), "DateTime64(9)");
  EXPECT_EQ(of_text("2020-01-01T01:02:03.1234567891"), "String");
  EXPECT_EQ(of_text("1800-01-01"), "DateTime64(9)");
  EXPECT_EQ(of_text("1650-01-01"), "String");
  EXPECT_EQ(of_text("9999-12-31 00:00:00"), "String");
  EXPECT_EQ(of_text("20200101"), "String");
  EXPECT_EQ(of_text("01/02/2020"), "String");
  EXPECT_EQ(of_text("1700000000"), "String");
}

TEST(DynamicColumn, KeepsArraysByWhatTheirElementsHaveInCommon) {
  EXPECT_EQ(of_json("[1,2]"), "Array(Int64)");
  EXPECT_EQ(of_json("[]"), "Array(String)");
  EXPECT_EQ(of_json("[null]"), "Array(Nullable(String))");
  EXPECT_EQ(of_json("[null,1]"), "Array(Nullable(Int64))");
  EXPECT_EQ(of_json("[1,1.5]"), "Array(Float64)");
  EXPECT_EQ(of_json("[9007199254740993,1.5]"), "Array(Dynamic)");
  EXPECT_EQ(of_json("[1,18446744073709551615]"), "Array(UInt64)");
  EXPECT_EQ(of_json("[-1,18446744073709551615]"), "Array(Dynamic)");
  EXPECT_EQ(of_json("[1,\"a\"]"), "Array(Dynamic)");
  EXPECT_EQ(of_json("[1,true]"), "Array(Dynamic)");
  EXPECT_EQ(of_json("[[],[1]]"), "Array(Array(Int64))");
  EXPECT_EQ(of_json("[[1],null]"), "Array(Dynamic)");
  EXPECT_EQ(of_json("[\"2020-01-01\"]"), "Array(Date)");
  EXPECT_EQ(of_json("[\"2020-01-01\",\"q\"]"), "Array(String)");
  EXPECT_EQ(of_json("[{\"a\":1},null]"), "Array(Nullable(JSON))");
  EXPECT_EQ(of_json("{\"a\":1}"), "JSON");
  EXPECT_EQ(of_json("[1"), "decode.unreadable");
  EXPECT_EQ(of_json("{\"a\""), "decode.unreadable");
}

TEST(DynamicColumn, KeepsEveryValueOfMixedAndDeepArrays) {
  const auto text_of = [](std::string_view json) {
    const auto column = column_of("Dynamic");
    EXPECT_EQ(column->put_json(json), Fit::ok);
    return native_texts(parse_type("Dynamic").value(), *column).at(0);
  };
  EXPECT_EQ(text_of("[1,[2,\"x\"],{\"a\":[3]},null,true]"),
            "[1, [2, \"x\"], {\"a\":[3]}, null, true]");
  std::string deep(40, '[');
  deep += '1';
  deep.append(40, ']');
  EXPECT_EQ(text_of(deep), deep);
}

TEST(DynamicColumn, KeepsTimesDaysAndBytesOfFormatsThatKnowThem) {
  EXPECT_EQ(kept([](Column& into) { return into.put_time(5, TimeUnit::milliseconds); }),
            "DateTime64(3)");
  EXPECT_EQ(kept([](Column& into) { return into.put_day(5); }), "Date");
  EXPECT_EQ(kept([](Column& into) { return into.put_day(-5); }), "Date32");
  EXPECT_EQ(kept([](Column& into) { return into.put_duration(5, TimeUnit::microseconds); }),
            "Time64(6)");
  EXPECT_EQ(kept([](Column& into) { return into.put_bytes("2020-01-01"); }), "String");
}

TEST(DynamicColumn, StaysAsItWasWhenAValueIsRefused) {
  const auto column = column_of("Dynamic");
  EXPECT_EQ(column->put_json("[1]"), Fit::ok);
  expect_refused(*column, Fit::out_of_range,
                 [](Column& into) { return into.put_json("[99999999999999999999]"); });
  expect_number_refused(*column, Fit::out_of_range, "-1e999");
}

TEST(DynamicColumn, TakesAnyNumberOfTypesOfArrays) {
  const auto column = column_of("Dynamic");
  const std::string_view leaves[] = {"1",
                                     "1.5",
                                     "true",
                                     "\"x\"",
                                     "\"2020-01-01\"",
                                     "{}",
                                     "\"2020-01-01 01:02:03\"",
                                     "18446744073709551615"};
  std::size_t rows = 0;
  for (int round = 0; round < 2; ++round) {
    for (std::size_t level = 1; level <= 30; ++level) {
      for (const std::string_view leaf : leaves) {
        std::string json(level, '[');
        json += leaf;
        json.append(level, ']');
        ASSERT_EQ(column->put_json(json), Fit::ok);
        ++rows;
      }
    }
  }
  EXPECT_EQ(native_texts(parse_type("Dynamic").value(), *column).size(), rows);
}

}  // namespace
}  // namespace penstock
