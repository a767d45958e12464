#include "model/column/wide_number.h"

#include <cmath>
#include <limits>

#include "model/tests/column_bytes.h"

namespace penstock {
namespace {

// Bytes as ClickHouse 26.7 wrote them: SELECT x FORMAT Native.

TEST(WideNumberColumn, LaysNumbersOutAsClickHouseDoes) {
  const auto narrow = column_of("Int128");
  EXPECT_EQ(narrow->put_int(-2), Fit::ok);
  EXPECT_EQ(narrow->put_number("5"), Fit::ok);
  EXPECT_EQ(native_hex(*narrow),
            "feffffffffffffffffffffffffffffff05000000000000000000000000000000");
  expect_slices_add_up("Int128", *narrow);
  const auto wide = column_of("UInt256");
  EXPECT_EQ(wide->put_uint(5), Fit::ok);
  EXPECT_EQ(wide->put_bool(true), Fit::ok);
  EXPECT_EQ(native_hex(*wide), "05" + std::string(62, '0') + "01" + std::string(62, '0'));
  expect_slices_add_up("UInt256", *wide);
}

TEST(WideNumberColumn, TakesBytesOfItsWidthAsTheNumberAndOthersAsText) {
  const auto column = column_of("Int128");
  EXPECT_EQ(column->put_bytes({"\xfe\xff\xff\xff\xff\xff\xff\xff"
                               "\xff\xff\xff\xff\xff\xff\xff\xff",
                               16}),
            Fit::ok);
  EXPECT_EQ(column->put_bytes("5"), Fit::ok);
  EXPECT_EQ(native_hex(*column),
            "feffffffffffffffffffffffffffffff05000000000000000000000000000000");
}

TEST(WideNumberColumn, HoldsItsTypesLimitsAndNothingBeyond) {
  const auto expect_limit = [](const char* type, const char* last, const char* beyond,
                               const std::string& hex) {
    SCOPED_TRACE(type);
    const auto column = column_of(type);
    EXPECT_EQ(column->put_number(last), Fit::ok);
    EXPECT_EQ(native_hex(*column), hex);
    expect_number_refused(*column, Fit::out_of_range, beyond);
  };
  const auto repeated = [](const char* byte, int count) {
    std::string out;
    for (; count > 0; --count) out += byte;
    return out;
  };
  expect_limit("Int128", "170141183460469231731687303715884105727",
               "170141183460469231731687303715884105728", repeated("ff", 15) + "7f");
  expect_limit("Int128", "-170141183460469231731687303715884105728",
               "-170141183460469231731687303715884105729", repeated("00", 15) + "80");
  expect_limit("UInt128", "340282366920938463463374607431768211455",
               "340282366920938463463374607431768211456", repeated("ff", 16));
  expect_limit("UInt128", "0", "-1", repeated("00", 16));
  expect_limit("Int256",
               "57896044618658097711785492504343953926634992332820282019728792003956564819967",
               "57896044618658097711785492504343953926634992332820282019728792003956564819968",
               repeated("ff", 31) + "7f");
  expect_limit("Int256",
               "-57896044618658097711785492504343953926634992332820282019728792003956564819968",
               "-57896044618658097711785492504343953926634992332820282019728792003956564819969",
               repeated("00", 31) + "80");
  expect_limit("UInt256",
               "115792089237316195423570985008687907853269984665640564039457584007913129639935",
               "115792089237316195423570985008687907853269984665640564039457584007913129639936",
               repeated("ff", 32));
}

TEST(WideNumberColumn, TakesRealsThatAreWhole) {
  const auto column = column_of("Int256");
  EXPECT_EQ(column->put_real(-0x1.8p1), Fit::ok);
  EXPECT_EQ(column->put_real(0x1p200), Fit::ok);
  EXPECT_EQ(column->put_text("1e3"), Fit::ok);
  EXPECT_EQ(native_hex(*column), "fd" + std::string(62, 'f') + std::string(50, '0') + "01" +
                                     std::string(12, '0') + "e803" + std::string(60, '0'));
  for (const double real : {1.5, 0x1p255, -0x1p256, std::nan(""), HUGE_VAL}) {
    expect_refused(*column, Fit::out_of_range, [&](Column& into) { return into.put_real(real); });
  }
  expect_number_refused(*column, Fit::out_of_range, "1.5");
  expect_text_refused(*column, Fit::unreadable, "five");
}

TEST(WideNumberColumn, HasNoNumbersBelowZeroWhereUnsigned) {
  const auto column = column_of("UInt256");
  expect_refused(*column, Fit::out_of_range, [](Column& into) { return into.put_int(-1); });
  expect_refused(*column, Fit::out_of_range, [](Column& into) { return into.put_real(-1); });
  EXPECT_EQ(column->put_uint(std::numeric_limits<std::uint64_t>::max()), Fit::ok);
  EXPECT_EQ(native_hex(*column), std::string(16, 'f') + std::string(48, '0'));
}

}  // namespace
}  // namespace penstock
