#include "spec/amount.h"

#include <gtest/gtest.h>

namespace penstock::spec {
namespace {

TEST(Amount, ReadsNumberAndUnit) {
  EXPECT_EQ(bytes_of("32MiB"), 32 << 20);
  EXPECT_EQ(bytes_of("1.5 KB"), 1500);
  EXPECT_EQ(milliseconds_of("250ms"), 250);
  EXPECT_EQ(milliseconds_of("1.5 h"), 5'400'000);
  EXPECT_EQ(milliseconds_of("2m"), milliseconds_of("2min"));
}

TEST(Amount, RefusesWhatIsNoneOrNoWholeNumber) {
  for (const char* text : {"", "5", "MiB", "-5s", "1.2.3s", "0.0001ms", "5 s ", "5S",
                           "5 fortnights", "99999999999999999999GiB", "1e3s"}) {
    EXPECT_FALSE(bytes_of(text).has_value()) << text;
    EXPECT_FALSE(milliseconds_of(text).has_value()) << text;
  }
}

TEST(Amount, WritesTheLargestUnitThatStaysWhole) {
  EXPECT_EQ(bytes_text(512 << 10), "512 KiB");
  EXPECT_EQ(bytes_text(1000), "1000 bytes");
  EXPECT_EQ(bytes_text(0), "0 bytes");
  EXPECT_EQ(milliseconds_text(90'000), "90 s");
  EXPECT_EQ(milliseconds_text(1), "1 ms");
}

}  // namespace
}  // namespace penstock::spec
