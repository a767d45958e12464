#include <gtest/gtest.h>

#include "model/tests/column_bytes.h"

namespace penstock {
namespace {

TEST(Registry, AnAggregateStoredAsItsResultIsThatResult) {
  const auto column = column_of("SimpleAggregateFunction(max, Int16)");
  EXPECT_EQ(column->put_int(7), Fit::ok);
  EXPECT_EQ(native_hex(*column), "0700");
}

TEST(Registry, NamesATypeItCannotWrite) {
  const auto column = make_column(parse_type("AggregateFunction(sum, UInt64)").value());
  ASSERT_FALSE(column.ok());
  EXPECT_EQ(column.error().code, "pipe.mapping");
  EXPECT_EQ(column.error().fault, Fault::user);
  EXPECT_NE(column.error().message.find("AggregateFunction(sum, UInt64)"), std::string::npos);
}

TEST(Registry, EveryRefusalHasItsCode) {
  EXPECT_EQ(refusal_code(Fit::wrong_type), "decode.wrong_type");
  EXPECT_EQ(refusal_code(Fit::out_of_range), "decode.out_of_range");
  EXPECT_EQ(refusal_code(Fit::unreadable), "decode.unreadable");
}

}  // namespace
}  // namespace penstock
