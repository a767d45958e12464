#include "model/column/concrete.h"

#include "model/tests/column_bytes.h"

namespace penstock {
namespace {

/// Whether the visitor of the column saw a class of its own, no base class.
bool is_known(ColumnWriter& column) {
  return with_concrete(column, [&column]<class Found>(Found& found) {
    EXPECT_EQ(static_cast<ColumnWriter*>(&found), &column);
    EXPECT_TRUE((std::is_same_v<Found, ColumnWriter>) || typeid(Found) == typeid(column));
    return std::is_final_v<Found>;
  });
}

TEST(WithConcrete, KnowsTheClassOfEveryType) {
  for (const char* type : {"Array(UInt8)",
                           "BFloat16",
                           "Bool",
                           "Date",
                           "Date32",
                           "DateTime",
                           "DateTime64(3)",
                           "Decimal(9, 2)",
                           "Decimal(18, 2)",
                           "Decimal(38, 2)",
                           "Decimal(76, 2)",
                           "Dynamic",
                           "Enum8('a' = 1)",
                           "Enum16('a' = 1)",
                           "FixedString(2)",
                           "Float32",
                           "Float64",
                           "IPv4",
                           "IPv6",
                           "Int8",
                           "Int16",
                           "Int128",
                           "Int256",
                           "Int32",
                           "Int64",
                           "JSON",
                           "LowCardinality(String)",
                           "Map(String, UInt8)",
                           "Nested(a UInt8)",
                           "Nullable(UInt8)",
                           "String",
                           "Time",
                           "Time64(3)",
                           "Tuple(UInt8)",
                           "UInt128",
                           "UInt256",
                           "UInt8",
                           "UInt16",
                           "UInt32",
                           "UInt64",
                           "UUID",
                           "Variant(UInt8, String)"}) {
    EXPECT_TRUE(is_known(*column_of(type))) << type;
  }
}

TEST(WithConcrete, TellsTheWidthsOfOneFamilyApart) {
  const auto width = [](const char* type) {
    return with_concrete(*column_of(type), []<class Found>(Found& /*column*/) {
      if constexpr (std::is_same_v<Found, NumberColumn<std::uint16_t>>) return 2;
      if constexpr (std::is_same_v<Found, NumberColumn<std::uint32_t>>) return 4;
      return 0;
    });
  };
  EXPECT_EQ(width("UInt16"), 2);
  EXPECT_EQ(width("UInt32"), 4);
  EXPECT_EQ(width("Int32"), 0);
}

TEST(WithConcrete, PutsNullableValuesThroughTheClassOfTheInnerColumn) {
  const auto column = column_of("Nullable(UInt16)");
  auto& nullable = static_cast<NullableColumn&>(*column);
  with_concrete(nullable.inner(), [&]<class Inner>(Inner& inner) {
    EXPECT_EQ(nullable.note(inner.put_int(7)), Fit::ok);
    EXPECT_EQ(nullable.note(inner.put_int(-7)), Fit::out_of_range);
  });
  EXPECT_EQ(native_hex(*column), "000700");
}

/// A writer that is no column.
class Counter final : public ColumnWriter {
 public:
  Fit put_int(std::int64_t /*value*/) override { return add(); }
  Fit put_uint(std::uint64_t /*value*/) override { return add(); }
  Fit put_real(double /*value*/) override { return add(); }
  Fit put_bool(bool /*value*/) override { return add(); }
  Fit put_text(std::string_view /*value*/) override { return add(); }
  Fit put_number(std::string_view /*digits*/) override { return add(); }
  Fit put_json(std::string_view /*json*/) override { return add(); }
  Fit put_null() override { return add(); }
  void put_default() override { add(); }
  std::size_t rows() const noexcept override { return rows_; }
  void truncate(std::size_t rows) override { rows_ = rows; }

 private:
  Fit add() {
    ++rows_;
    return Fit::ok;
  }

  std::size_t rows_ = 0;
};

TEST(WithConcrete, LeavesOtherWritersAsTheyAre) {
  Counter counter;
  EXPECT_FALSE(is_known(counter));
}

}  // namespace
}  // namespace penstock
