#include "model/column/plain_decimal.h"

#include <bit>

#include "model/column/date_time.h"
#include "model/column/decimal.h"
#include "model/column/number.h"
#include "model/tests/column_bytes.h"
#include "model/tests/mutated_text.h"

namespace penstock {
namespace {

constexpr int kTexts = 200'000;
constexpr std::string_view kLetters("0123456789..-+eE \x00\x1E\xB0\xFF/:", 23);

/// Up to 20 digits, perhaps with a point and a sign.
std::string number_text(MutatedText& random) {
  std::string text;
  const std::size_t most = 1 + random.below(20);
  for (std::size_t left = random.below(most + 1); left > 0; --left) {
    text += static_cast<char>('0' + random.below(random.below(3) == 0 ? 1 : 10));
  }
  if (random.below(2) == 0) text.insert(random.below(text.size() + 1), 1, '.');
  if (random.below(4) == 0) text.insert(0, 1, '-');
  return random.of(text);
}

/// Bits, so that -0.0 and 0.0 differ.
template <class T>
auto bits_of(T value) {
  if constexpr (std::floating_point<T>) {
    return std::bit_cast<std::conditional_t<sizeof(T) == 4, std::uint32_t, std::uint64_t>>(value);
  } else {
    return value;
  }
}

/// `by_text(text, into)`: what reads every text of the column's type.
template <class T>
void expect_as_by_text(Column& column, std::span<const T> (*values)(const Column&), auto by_text) {
  MutatedText random(kLetters);
  int taken = 0;
  for (int i = 0; i < kTexts; ++i) {
    const std::string text = number_text(random);
    T expected{};
    const Fit fit = by_text(text, expected);
    ASSERT_EQ(column.put_number(text), fit) << text;
    if (fit != Fit::ok) continue;
    ++taken;
    ASSERT_TRUE(bits_of(values(column).back()) == bits_of(expected)) << text;
  }
  EXPECT_GT(taken, kTexts / 50);
}

template <class T>
class NumberTexts : public testing::Test {};
using Numbers = testing::Types<std::int8_t, std::int16_t, std::int32_t, std::int64_t, std::uint8_t,
                               std::uint16_t, std::uint32_t, std::uint64_t, float, double>;
TYPED_TEST_SUITE(NumberTexts, Numbers);

TYPED_TEST(NumberTexts, AreTakenAsTheReaderOfAllFormsReadsThem) {
  NumberColumn<TypeParam> column;
  expect_as_by_text<TypeParam>(
      column,
      [](const Column& filled) {
        return static_cast<const NumberColumn<TypeParam>&>(filled).values();
      },
      [](std::string_view text, TypeParam& into) { return read_number(text, into); });
}

template <class T>
void expect_decimals_as_by_text(int precision, int scale) {
  DecimalColumn<T> column(precision, scale);
  expect_as_by_text<T>(
      column,
      [](const Column& filled) { return static_cast<const DecimalColumn<T>&>(filled).values(); },
      [=](std::string_view text, T& into) { return read_decimal(text, precision, scale, into); });
}

TEST(DecimalColumn, TakesTextsAsTheReaderOfAllFormsReadsThem) {
  expect_decimals_as_by_text<std::int32_t>(9, 2);
  expect_decimals_as_by_text<std::int32_t>(5, 0);
  expect_decimals_as_by_text<std::int64_t>(18, 18);
  expect_decimals_as_by_text<std::int64_t>(15, 4);
  expect_decimals_as_by_text<Int128>(38, 10);
  expect_decimals_as_by_text<Int128>(38, 38);
  expect_decimals_as_by_text<Int128>(20, 1);
}

/// "-12.50" for -1250 and 2.
std::string spell(std::int64_t unscaled, int scale) {
  const bool negative = unscaled < 0;
  std::string digits = std::to_string(unscaled).substr(negative ? 1 : 0);
  const auto places = static_cast<std::size_t>(scale);
  if (digits.size() <= places) digits.insert(0, places + 1 - digits.size(), '0');
  if (places > 0) digits.insert(digits.size() - places, 1, '.');
  return (negative ? "-" : "") + digits;
}

TEST(PutDecimal, IsAnsweredAsTheNumbersPlainSpelling) {
  for (const char* type : {"Int8",
                           "Int16",
                           "Int32",
                           "Int64",
                           "UInt8",
                           "UInt16",
                           "UInt32",
                           "UInt64",
                           "Float32",
                           "Float64",
                           "Decimal(9, 2)",
                           "Decimal(18, 0)",
                           "Decimal(18, 18)",
                           "Decimal(38, 20)",
                           "Decimal(38, 38)",
                           "String",
                           "Bool",
                           "Date",
                           "Date32",
                           "DateTime",
                           "DateTime64(3)",
                           "DateTime64(9)",
                           "Enum8('a' = 1, 'b' = -2)",
                           "IPv4",
                           "IPv6",
                           "UUID",
                           "FixedString(4)",
                           "Array(UInt8)",
                           "Nullable(Decimal(9, 2))",
                           "Nullable(Float64)",
                           "LowCardinality(Float64)",
                           "LowCardinality(Nullable(String))"}) {
    MutatedText random("0");
    const auto by_number = column_of(type);
    const auto by_text = column_of(type);
    for (int i = 0; i < 20'000; ++i) {
      std::int64_t unscaled = 0;
      const std::size_t digits = random.below(20);
      for (std::size_t left = digits; left > 0; --left) {
        unscaled = unscaled * 10 % 1'000'000'000'000'000'000 +
                   static_cast<std::int64_t>(random.below(random.below(3) == 0 ? 1 : 10));
      }
      if (random.below(3) == 0) unscaled = -unscaled;
      if (random.below(50) == 0) unscaled = std::numeric_limits<std::int64_t>::min();
      if (random.below(50) == 0) unscaled = std::numeric_limits<std::int64_t>::max();
      const int scale =
          static_cast<int>(random.below(random.below(2) == 0 ? 4 : ColumnWriter::kMostScale + 1));
      const std::string text = spell(unscaled, scale);
      ASSERT_EQ(by_number->put_decimal(unscaled, scale), by_text->put_number(text))
          << type << ": " << text;
      if (i % 1'000 != 0) continue;
      ASSERT_EQ(native_hex(*by_number), native_hex(*by_text)) << type;
      by_number->clear();
      by_text->clear();
    }
  }
}

TEST(DateTime64Column, TakesCountsOfEveryLength) {
  MutatedText random(kLetters);
  DateTimeColumn<std::int64_t> column(3, *TimeZone::find("UTC").value());
  for (int i = 0; i < kTexts; ++i) {
    const std::string text = number_text(random);
    std::int64_t whole = 0;
    if (text.find_first_of("eE+.") != std::string::npos) continue;
    if (read_number(text, whole) != Fit::ok) continue;
    DateTimeColumn<std::int64_t> expected(3, *TimeZone::find("UTC").value());
    const Fit wanted = expected.put_int(whole);
    ASSERT_EQ(column.put_number(text), wanted) << text;
    if (wanted == Fit::ok) {
      ASSERT_EQ(column.values().back(), expected.values().back()) << text;
    }
  }
}

}  // namespace
}  // namespace penstock
