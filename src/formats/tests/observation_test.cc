#include "formats/inference/observation.h"

#include <gtest/gtest.h>

#include "formats/inference/field_name.h"

namespace penstock {
namespace {

NumbersSeen seen_in(std::initializer_list<std::string_view> tokens) {
  NumbersSeen seen;
  for (const auto token : tokens) seen.add(token);
  return seen;
}

TEST(NumbersSeen, MeasuresNumbersAsIfWrittenOut) {
  struct Case {
    std::string_view token;
    int digits, whole, fraction;
  };
  for (const Case& given :
       {Case{"0", 0, 0, 0}, Case{"-0.00", 0, 0, 0}, Case{"120", 2, 3, 0}, Case{"-12.050", 4, 2, 2},
        Case{"0.0012", 2, 0, 4}, Case{"1e3", 1, 4, 0}, Case{"1.25e1", 3, 2, 1},
        Case{"1.5E-3", 2, 0, 4}, Case{"12e-1", 2, 1, 1}, Case{"10.01", 4, 2, 2},
        Case{"100e-2", 1, 1, 0}}) {
    const NumbersSeen seen = seen_in({given.token});
    EXPECT_EQ(seen.most_digits, given.digits) << given.token;
    EXPECT_EQ(seen.most_whole_digits, given.whole) << given.token;
    EXPECT_EQ(seen.most_fraction_digits, given.fraction) << given.token;
  }
}

TEST(NumbersSeen, KnowsWhatNoDoubleAndNo64BitsHold) {
  EXPECT_TRUE(seen_in({"1e400"}).beyond_double);
  EXPECT_TRUE(seen_in({"-1e999999999999"}).beyond_double);
  EXPECT_FALSE(seen_in({"1.7e308", "1e-999999999999", "0e999999"}).beyond_double);
  EXPECT_TRUE(seen_in({"18446744073709551616"}).has_wider_integers);
  EXPECT_TRUE(seen_in({"-9223372036854775809"}).has_wider_integers);
  EXPECT_FALSE(seen_in({"18446744073709551615", "-9223372036854775808"}).has_wider_integers);
}

TEST(TextForm, IsPlainWhereThereIsADoubt) {
  EXPECT_EQ(form_of("2024-01-05"), TextForm::date);
  EXPECT_EQ(form_of("2024-01-05T10:00:00.5Z"), TextForm::moment);
  EXPECT_EQ(form_of("550e8400-e29b-41d4-a716-446655440000"), TextForm::uuid);
  EXPECT_EQ(form_of("10.0.0.1"), TextForm::ipv4);
  EXPECT_EQ(form_of("::"), TextForm::ipv6);
  for (const auto text : {"", "2024", "20240105", "1704457896", "05/01/2024", "12:34", "2024.1.5",
                          "10.0.0", "2024-02-30", "550e8400-e29b-41d4-a716-44665544000g", "MAY"}) {
    EXPECT_EQ(form_of(text), TextForm::plain) << text;
  }
  EXPECT_EQ(form_of(std::string_view("::1\0x", 5)), TextForm::plain);
}

TEST(FieldName, IsReadInWords) {
  EXPECT_TRUE(names_time("createdAt") && names_time("created_at") && names_time("ts-ms"));
  EXPECT_FALSE(names_time("attitude") || names_time("cats") || names_time(""));
  EXPECT_TRUE(names_address("clientIp") && names_address("IP") && names_address("remote.addr"));
  EXPECT_FALSE(names_address("zip"));
  EXPECT_TRUE(names_identity("orderId") && names_identity("uuid"));
  EXPECT_FALSE(names_identity("paid"));
}

TEST(DistinctValues, CountsExactlyUpToItsLimit) {
  DistinctValues values;
  for (int i = 0; i < 3000; ++i) values.add(std::to_string(i % 1000));
  EXPECT_EQ(values.count(), 1000u);
  EXPECT_TRUE(values.is_exact());
  values.add("one more");
  EXPECT_FALSE(values.is_exact());
}

TEST(FieldsSeen, ThrowsTogetherWhatIsBeyondItsLimit) {
  Observation rows;
  rows.add_record();
  for (std::size_t i = 0; i <= FieldsSeen::kMost; ++i) {
    rows.add_field("key " + std::to_string(i)).add_number("1");
  }
  EXPECT_EQ(rows.fields.known().size(), FieldsSeen::kMost);
  ASSERT_NE(rows.fields.others(), nullptr);
  EXPECT_EQ(rows.fields.others()->numbers.integers, 1u);

  Observation merged;
  merged.add_record();
  merged.add_field("first").add_boolean(true);
  merged.merge(rows);
  EXPECT_EQ(merged.fields.known().size(), FieldsSeen::kMost);
  EXPECT_EQ(merged.fields.others()->numbers.integers, 2u);
}

}  // namespace
}  // namespace penstock
