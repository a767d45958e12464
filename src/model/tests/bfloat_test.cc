#include "model/column/bfloat.h"

#include <cmath>

#include "model/tests/column_bytes.h"

namespace penstock {
namespace {

// Bytes as ClickHouse 26.7 wrote them: SELECT toBFloat16(1.7) FORMAT Native.

TEST(BFloatColumn, CutsTheLowerHalfOffAsClickHouseDoes) {
  BFloatColumn column;
  EXPECT_EQ(column.put_real(1.7), Fit::ok);
  EXPECT_EQ(column.put_number("-3.14"), Fit::ok);
  EXPECT_EQ(column.put_int(3), Fit::ok);
  EXPECT_EQ(column.put_bool(true), Fit::ok);
  EXPECT_EQ(native_hex(column), "d93f48c04040803f");
  expect_slices_add_up("BFloat16", column);
}

TEST(BFloatColumn, KeepsWhatIsNoNumberAndRefusesWhatIsTooLarge) {
  BFloatColumn column;
  EXPECT_EQ(column.put_real(HUGE_VAL), Fit::ok);
  EXPECT_EQ(column.put_text("nan"), Fit::ok);
  EXPECT_EQ(native_hex(column), "807fc07f");
  expect_refused(column, Fit::out_of_range, [](Column& into) { return into.put_real(1e39); });
  expect_number_refused(column, Fit::out_of_range, "4e38");
  expect_text_refused(column, Fit::unreadable, "much");
}

}  // namespace
}  // namespace penstock
