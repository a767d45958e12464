#include "model/column/low_cardinality.h"

#include "model/native_text.h"
#include "model/tests/column_bytes.h"
#include "model/tests/mutated_text.h"

namespace penstock {
namespace {

// Bytes as ClickHouse 26.7 wrote them: SELECT x FROM VALUES(…) FORMAT Native.

TEST(LowCardinalityColumn, LaysTextOutAsClickHouseDoes) {
  const auto column = column_of("LowCardinality(String)");
  for (const char* text : {"b", "", "a", "b"}) EXPECT_EQ(column->put_text(text), Fit::ok);
  EXPECT_EQ(native_hex(*column),
            "0100000000000000000600000000000003000000000000000001620161040000000000000001000201");
  expect_slices_add_up("LowCardinality(String)", *column);
}

TEST(LowCardinalityColumn, LaysNullsOutAsClickHouseDoes) {
  const auto column = column_of("LowCardinality(Nullable(String))");
  EXPECT_EQ(column->put_text("b"), Fit::ok);
  EXPECT_EQ(column->put_null(), Fit::ok);
  EXPECT_EQ(column->put_text(""), Fit::ok);
  EXPECT_EQ(column->put_text("b"), Fit::ok);
  EXPECT_EQ(native_hex(*column),
            "01000000000000000006000000000000030000000000000000000162040000000000000002000102");
  expect_slices_add_up("LowCardinality(Nullable(String))", *column);
}

TEST(LowCardinalityColumn, LaysNumbersOutAsClickHouseDoes) {
  const auto column = column_of("LowCardinality(Nullable(UInt16))");
  EXPECT_EQ(column->put_int(7), Fit::ok);
  column->put_default();
  EXPECT_EQ(column->put_number("0"), Fit::ok);
  EXPECT_EQ(column->put_text("7"), Fit::ok);
  EXPECT_EQ(native_hex(*column),
            "010000000000000000060000000000000300000000000000000000000700040000000000000002000102");
  expect_slices_add_up("LowCardinality(Nullable(UInt16))", *column);
}

TEST(LowCardinalityColumn, ForgetsKeysOfTruncatedRows) {
  const auto column = column_of("LowCardinality(String)");
  column->put_text("kept");
  const std::string before = native_hex(*column);
  const std::size_t bytes = column->bytes();
  for (int round = 0; round < 3; ++round) {
    for (int i = 0; i < 500; ++i) column->put_text("refused " + std::to_string(i));
    column->put_text("kept");
    column->truncate(1);
    EXPECT_EQ(column->bytes(), bytes + 1) << "numbers stay two bytes wide";
    column->clear();
    column->put_text("kept");
    EXPECT_EQ(native_hex(*column), before);
  }
}

TEST(LowCardinalityColumn, FindsEveryKeyAfterSomeWereForgotten) {
  const auto column = column_of("LowCardinality(String)");
  const auto plain = column_of("LowCardinality(String)");
  const auto put = [](Column& into, int i) {
    into.put_text(std::string(i % 40, 'k') + std::to_string(i));
  };
  for (int i = 0; i < 3000; ++i) put(*column, i);
  column->truncate(1000);
  for (int i = 0; i < 2000; ++i) put(*column, i);
  for (int i = 0; i < 1000; ++i) put(*plain, i);
  for (int i = 0; i < 2000; ++i) put(*plain, i);
  EXPECT_EQ(native_hex(*column), native_hex(*plain));
}

// ClickHouse writes two bytes per row from 256 keys on, the zero value included.
TEST(LowCardinalityColumn, WidensTheNumbersAsKeysArrive) {
  const auto width = [](int keys) {
    const auto column = column_of("LowCardinality(UInt32)");
    for (int key = 1; key < keys; ++key) column->put_int(key);
    return native_hex(*column).substr(16, 2);
  };
  EXPECT_EQ(width(255), "00");
  EXPECT_EQ(width(256), "01");
  EXPECT_EQ(width(65535), "01");
  EXPECT_EQ(width(65536), "02");
  EXPECT_EQ(width(65540), "02");
}

TEST(LowCardinalityColumn, KeepsNumbersAndKeysWhenItWidens) {
  const auto column = column_of("LowCardinality(UInt32)");
  for (int round = 0; round < 2; ++round) {
    for (int key = 0; key < 70000; ++key) column->put_int(key);
  }
  const auto again = column_of("LowCardinality(UInt32)");
  again->append(*column, 70000, 70000);
  const auto first = column_of("LowCardinality(UInt32)");
  first->append(*column, 0, 70000);
  EXPECT_EQ(native_hex(*again), native_hex(*first));
}

TEST(LowCardinalityColumn, StaysAsItWasWhenAValueIsRefused) {
  const auto column = column_of("LowCardinality(UInt8)");
  EXPECT_EQ(column->put_int(7), Fit::ok);
  expect_text_refused(*column, Fit::unreadable, "x");
  expect_refused(*column, Fit::out_of_range, [](Column& into) { return into.put_int(256); });
}

TEST(LowCardinalityColumn, TakesNumbersAsTextWhereTextIsStored) {
  const auto column = column_of("LowCardinality(String)");
  EXPECT_TRUE(column->wants_digits());
  EXPECT_EQ(column->put_number("12"), Fit::ok);
  EXPECT_EQ(column->put_int(12), Fit::ok);
  EXPECT_EQ(column->put_text("12"), Fit::ok);
  EXPECT_EQ(native_hex(*column),
            "0100000000000000000600000000000002000000000000000002313203000000000000"
            "00010101");
}

TEST(LowCardinalityColumn, HoldsWhatClickHouseAllows) {
  for (const char* type : {"BFloat16", "Bool", "Date", "Date32", "DateTime", "FixedString(3)",
                           "Float64", "IPv4", "IPv6", "Int256", "Time", "UInt8", "UUID"}) {
    for (const std::string& inner : {std::string(type), "Nullable(" + std::string(type) + ")"}) {
      const std::string spelling = "LowCardinality(" + inner + ")";
      const auto column = column_of(spelling);
      column->put_default();
      column->put_null();
      expect_slices_add_up(spelling, *column);
    }
  }
  const auto dates = column_of("LowCardinality(Date)");
  EXPECT_EQ(dates->put_day(18'263), Fit::ok);
  EXPECT_EQ(native_hex(*dates),
            "010000000000000000060000000000000200000000000000000057470100000000000000"
            "01");
}

TEST(LowCardinalityColumn, HoldsScalarsOnly) {
  for (const char* type :
       {"LowCardinality(Array(UInt8))", "LowCardinality(LowCardinality(String))",
        "LowCardinality(Nullable(Nullable(String)))", "LowCardinality(DateTime64(3))",
        "LowCardinality(Decimal(9, 2))", "LowCardinality(JSON)"}) {
    auto made = make_column(parse_type(type).value());
    ASSERT_FALSE(made.ok()) << type;
    EXPECT_EQ(made.error().code, "pipe.mapping");
  }
}

TEST(LowCardinality, GivesRowsTheirOwnKeysWhateverComesAndGoes) {
  // Keys of all lengths, many alike in their first and last eight bytes; rows are
  // taken back at random, so that a number once given may soon mean another key.
  MutatedText random("ab");
  const auto column = column_of("LowCardinality(String)");
  std::vector<std::string> rows;
  for (int i = 0; i < 100'000; ++i) {
    std::string key(random.below(40), 'a');
    if (random.below(2) == 0) key = "prefix00" + key + "suffix00";
    key = random.of(key);
    ASSERT_EQ(column->put_text(key), Fit::ok);
    rows.push_back(key);
    if (random.below(100) == 0) {
      rows.resize(random.below(10) == 0 ? 0 : rows.size() - random.below(rows.size() / 2 + 1));
      column->truncate(rows.size());
    }
    if (i % 5'000 != 0) continue;
    const auto texts = native_texts(parse_type("LowCardinality(String)").value(), *column);
    ASSERT_EQ(texts.size(), rows.size());
    for (std::size_t row = 0; row < rows.size(); ++row) {
      ASSERT_EQ(texts[row], '"' + rows[row] + '"') << row;
    }
  }
}

}  // namespace
}  // namespace penstock
