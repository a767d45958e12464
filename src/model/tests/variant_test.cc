#include "model/column/variant.h"

#include "model/native_text.h"
#include "model/tests/column_bytes.h"

namespace penstock {
namespace {

// Bytes as ClickHouse 26.7 wrote them: SELECT x FROM VALUES(…) FORMAT Native.

TEST(VariantColumn, LaysMembersOutAsClickHouseDoes) {
  constexpr std::string_view kType = "Variant(UInt64, String, Array(UInt8))";
  const auto column = column_of(kType);
  EXPECT_EQ(column->put_int(5), Fit::ok);
  EXPECT_EQ(column->put_text("a"), Fit::ok);
  EXPECT_EQ(column->put_null(), Fit::ok);
  const int list = column->member_for(Shape::list);
  ASSERT_EQ(list, 0);
  ColumnWriter& array = column->child(static_cast<std::size_t>(list));
  array.child(0).put_int(1);
  array.child(0).put_int(2);
  EXPECT_EQ(array.end(), Fit::ok);
  EXPECT_EQ(column->end(), Fit::ok);
  EXPECT_EQ(column->put_text("b"), Fit::ok);
  EXPECT_EQ(native_hex(*column),
            "00000000000000000201ff000102000000000000000102016101620500000000000000");
  expect_slices_add_up(kType, *column);
}

TEST(VariantColumn, LaysItselfOutInsideOthersAsClickHouseDoes) {
  const auto array = column_of("Array(Variant(UInt64, String))");
  array->child(0).put_int(5);
  EXPECT_EQ(array->end(), Fit::ok);
  array->child(0).put_text("a");
  EXPECT_EQ(array->end(), Fit::ok);
  EXPECT_EQ(array->child(0).put_null(), Fit::ok);
  EXPECT_EQ(array->end(), Fit::ok);
  EXPECT_EQ(native_hex(*array),
            "00000000000000000100000000000000020000000000000003000000000000000100ff"
            "01610500000000000000");
  const auto tuple = column_of("Tuple(Variant(LowCardinality(String), UInt64))");
  tuple->child(0).put_int(5);
  EXPECT_EQ(tuple->end(), Fit::ok);
  tuple->child(0).put_text("a");
  EXPECT_EQ(tuple->end(), Fit::ok);
  EXPECT_EQ(native_hex(*tuple),
            "0000000000000000010000000000000001000006000000000000020000000000000000016101000000"
            "00000000010500000000000000");
}

/// The name of the member that takes what `put` offers, or of the refusal.
template <class Put>
std::string chosen(std::string_view spelling, Put put) {
  const auto column = column_of(spelling);
  if (const Fit fit = put(*column); fit != Fit::ok) return std::string(refusal_code(fit));
  auto& variant = static_cast<VariantColumn&>(*column);
  auto members = parse_type(spelling).value().arguments;
  std::ranges::sort(members, {}, [](const Type& member) { return to_string(member); });
  for (std::size_t member = 0; member < members.size(); ++member) {
    if (variant.child(member).rows() == 1) return to_string(members[member]);
  }
  return "null";
}
std::string of_number(std::string_view spelling, std::string_view digits) {
  return chosen(spelling, [digits](Column& into) { return into.put_number(digits); });
}
std::string of_text(std::string_view spelling, std::string_view text) {
  return chosen(spelling, [text](Column& into) { return into.put_text(text); });
}

TEST(VariantColumn, PutsAnIntegerIntoTheNarrowestMemberThatHoldsIt) {
  constexpr auto kType = "Variant(Int8, Int16, UInt8, UInt16, UInt64, Int128, Float32, String)";
  EXPECT_EQ(of_number(kType, "1"), "Int8");
  EXPECT_EQ(of_number(kType, "200"), "UInt8");
  EXPECT_EQ(of_number(kType, "-500"), "Int16");
  EXPECT_EQ(of_number(kType, "65535"), "UInt16");
  EXPECT_EQ(of_number(kType, "70000"), "UInt64");
  EXPECT_EQ(of_number(kType, "18446744073709551615"), "UInt64");
  EXPECT_EQ(of_number(kType, "-70000"), "Int128");
  EXPECT_EQ(of_number(kType, "18446744073709551616"), "Int128");
  EXPECT_EQ(of_number(kType, "170141183460469231731687303715884105728"), "String");
  EXPECT_EQ(chosen(kType, [](Column& into) { return into.put_uint(300); }), "Int16");
  EXPECT_EQ(of_number("Variant(UInt8, Array(String))", "300"), "decode.out_of_range");
}

TEST(VariantColumn, PutsAnIntegerIntoAFloatOnlyIfNothingElseHoldsIt) {
  EXPECT_EQ(of_number("Variant(Float64, String)", "9007199254740992"), "Float64");
  EXPECT_EQ(of_number("Variant(Float64, String)", "9007199254740993"), "String");
  EXPECT_EQ(of_number("Variant(Float64, UInt8)", "9007199254740993"), "Float64");
  EXPECT_EQ(of_number("Variant(BFloat16, Float32, String)", "257"), "Float32");
  EXPECT_EQ(of_number("Variant(Float64, Decimal(9, 2))", "7"), "Decimal(9, 2)");
  EXPECT_EQ(of_number("Variant(DateTime, String)", "1700000000"), "DateTime");
  EXPECT_EQ(of_number("Variant(DateTime, DateTime64(3))", "1700000000123"), "DateTime64(3)");
  EXPECT_EQ(of_number("Variant(Date, String)", "5"), "String");
}

TEST(VariantColumn, PutsARealWhereItsDigitsStay) {
  constexpr auto kType = "Variant(Decimal(9, 1), Decimal(9, 3), Float32, Float64, Int8)";
  EXPECT_EQ(of_number(kType, "1.5"), "Decimal(9, 1)");
  EXPECT_EQ(of_number(kType, "1.555"), "Decimal(9, 3)");
  EXPECT_EQ(of_number(kType, "1.5555"), "Float64");
  EXPECT_EQ(of_number("Variant(Float32, String)", "1.5"), "Float32");
  EXPECT_EQ(of_number("Variant(Float32, String)", "1.1"), "String");
  EXPECT_EQ(of_number("Variant(Float32, Int8)", "1.1"), "Float32");
  EXPECT_EQ(of_number("Variant(Int8, String)", "1.0"), "Int8");
  EXPECT_EQ(
      chosen("Variant(Decimal(9, 2), Float64)", [](Column& into) { return into.put_real(1.5); }),
      "Float64");
  EXPECT_EQ(of_number("Variant(Float32, Int8)", "1e300"), "decode.out_of_range");
}

TEST(VariantColumn, KeepsBoolsApartFromNumbers) {
  const auto put_true = [](Column& into) { return into.put_bool(true); };
  EXPECT_EQ(chosen("Variant(Bool, Int8, String)", put_true), "Bool");
  EXPECT_EQ(chosen("Variant(Int8, String)", put_true), "String");
  EXPECT_EQ(chosen("Variant(Float64, UInt8)", put_true), "UInt8");
  EXPECT_EQ(of_number("Variant(Bool, Int8)", "1"), "Int8");
}

TEST(VariantColumn, PutsATextWhereItIsSpeltJustSo) {
  constexpr auto kType =
      "Variant(String, Int8, Date, DateTime, DateTime64(3), UUID, IPv4, IPv6, Enum8('q' = 1), "
      "Time, Bool, Float64)";
  EXPECT_EQ(of_text(kType, "q"), "Enum8('q' = 1)");
  EXPECT_EQ(of_text(kType, "1"), "String");
  EXPECT_EQ(of_text(kType, "007"), "String");
  EXPECT_EQ(of_text(kType, "true"), "String");
  EXPECT_EQ(of_text(kType, "2020-01-01"), "Date");
  EXPECT_EQ(of_text(kType, "20200101"), "String");
  EXPECT_EQ(of_text(kType, "2020-01-01 01:02:03"), "DateTime");
  EXPECT_EQ(of_text(kType, "2020-01-01T01:02:03.120Z"), "DateTime64(3)");
  EXPECT_EQ(of_text(kType, "1950-01-01 01:02:03"), "DateTime64(3)");
  EXPECT_EQ(of_text(kType, "2020-01-01 01:02:03.1234"), "String");
  EXPECT_EQ(of_text(kType, "1700000000"), "String");
  EXPECT_EQ(of_text(kType, "12:34:56"), "Time");
  EXPECT_EQ(of_text(kType, "1.2.3.4"), "IPv4");
  EXPECT_EQ(of_text(kType, "::1"), "IPv6");
  EXPECT_EQ(of_text(kType, "417ddc5d-e556-4d27-95dd-a34d84e46a50"), "UUID");
  EXPECT_EQ(of_text(kType, "d41d8cd98f00b204e9800998ecf8427e"), "String");
  EXPECT_EQ(of_text(kType, ""), "String");
}

TEST(VariantColumn, ReadsATextWhereThereIsNoString) {
  constexpr auto kType = "Variant(Int8, DateTime, DateTime64(3), Float64, Bool)";
  EXPECT_EQ(of_text(kType, "42"), "Int8");
  EXPECT_EQ(of_text(kType, "1.5"), "Float64");
  EXPECT_EQ(of_text(kType, "true"), "Bool");
  EXPECT_EQ(of_text(kType, "2020-01-01 01:02:03.1234"), "DateTime64(3)");
  EXPECT_EQ(of_text(kType, "abc"), "decode.unreadable");
  EXPECT_EQ(of_text("Variant(UInt64, DateTime)", "1700000000"), "UInt64");
  EXPECT_EQ(of_text("Variant(UInt64, Date)", "20200101"), "UInt64");
}

TEST(VariantColumn, PutsTimesDaysAndBytesWhereTheyBelong) {
  const auto of_time = [](std::string_view type, std::int64_t milliseconds) {
    return chosen(
        type, [&](Column& into) { return into.put_time(milliseconds, TimeUnit::milliseconds); });
  };
  EXPECT_EQ(of_time("Variant(DateTime, DateTime64(3), DateTime64(6))", 1'700'000'000'000),
            "DateTime");
  EXPECT_EQ(of_time("Variant(DateTime, DateTime64(3), DateTime64(6))", 1'700'000'000'123),
            "DateTime64(3)");
  EXPECT_EQ(of_time("Variant(DateTime, String)", 1'700'000'000'123), "String");
  EXPECT_EQ(of_time("Variant(DateTime, Int64)", 1'700'000'000'123), "DateTime");
  const auto put_day = [](Column& into) { return into.put_day(100'000); };
  EXPECT_EQ(chosen("Variant(Date, Date32, DateTime)", put_day), "Date32");
  EXPECT_EQ(chosen("Variant(Int32, String)", put_day), "String");
  const auto put_clock = [](Column& into) {
    return into.put_duration(1'500, TimeUnit::milliseconds);
  };
  EXPECT_EQ(chosen("Variant(Time, Time64(3), String)", put_clock), "Time64(3)");
  const auto put_bytes = [](Column& into) { return into.put_bytes("0123456789abcdef"); };
  EXPECT_EQ(chosen("Variant(UUID, String)", put_bytes), "String");
  EXPECT_EQ(chosen("Variant(UUID, UInt8)", put_bytes), "UUID");
}

TEST(VariantColumn, NamesItsContainersOneAfterTheOther) {
  const auto column = column_of("Variant(Array(String), Array(UInt8), Map(String, UInt8), String)");
  EXPECT_EQ(column->member_for(Shape::list), 0);
  EXPECT_EQ(column->member_after(0, Shape::list), 1);
  EXPECT_EQ(column->member_after(1, Shape::list), -1);
  EXPECT_EQ(column->member_for(Shape::map), 2);
  EXPECT_EQ(column->member_for(Shape::record), -1);
  EXPECT_EQ(column->put_json("[1]"), Fit::ok);
  EXPECT_EQ(column->end(), Fit::wrong_type) << "no child holds a new row";
}

TEST(VariantColumn, UndoesAHalfWrittenContainer) {
  const auto column = column_of("Variant(Array(UInt8), Map(String, UInt8), String)");
  EXPECT_EQ(column->put_text("kept"), Fit::ok);
  const std::string before = native_hex(*column);
  column->child(0).child(0).put_int(1);
  column->truncate(1);
  EXPECT_EQ(native_hex(*column), before);
  column->child(0).end();
  column->child(1).end();
  EXPECT_EQ(column->end(), Fit::wrong_type) << "two children hold a new row";
  column->truncate(1);
  EXPECT_EQ(native_hex(*column), before);
}

TEST(VariantColumn, RefusesMembersThatClickHouseDoesNotAllow) {
  for (const char* type : {"Variant", "Variant(Nullable(UInt8))", "Variant(Variant(UInt8))",
                           "Variant(LowCardinality(Nullable(String)))", "Variant(Dynamic)"}) {
    EXPECT_FALSE(make_column(parse_type(type).value()).ok()) << type;
  }
}

}  // namespace
}  // namespace penstock
