#include "embedded/refusal.h"

#include <gtest/gtest.h>

namespace penstock::embedded {
namespace {

TEST(Refusal, ReadsCodeNameAndMessage) {
  const Refusal refusal =
      parse_refusal("Code: 60. DB::Exception: Table default.x does not exist. (UNKNOWN_TABLE)");
  EXPECT_EQ(refusal.code, 60);
  EXPECT_EQ(refusal.name, "UNKNOWN_TABLE");
  EXPECT_EQ(refusal.message, "Table default.x does not exist.");
  EXPECT_EQ(refusal.text("26.7"),
            "Code: 60. DB::Exception: Table default.x does not exist. (UNKNOWN_TABLE) "
            "(version 26.7)");
}

TEST(Refusal, DropsTheLayersThatLibchdbRepeats) {
  const Refusal refusal = parse_refusal(
      "Code: 36. DB::Exception: Code: 36. DB::Exception: Empty URL. (BAD_ARGUMENTS) "
      "(version 26.7.2.1). (BAD_ARGUMENTS)");
  EXPECT_EQ(refusal.code, 36);
  EXPECT_EQ(refusal.name, "BAD_ARGUMENTS");
  EXPECT_EQ(refusal.message, "Empty URL.");
}

TEST(Refusal, KeepsATextThatIsNotClickHouses) {
  const Refusal refusal = parse_refusal("No active streaming query (sorry)");
  EXPECT_EQ(refusal.code, 1002);
  EXPECT_EQ(refusal.message, "No active streaming query (sorry)");
}

TEST(HttpStatus, FollowsClickHouse) {
  EXPECT_EQ(http_status(62), 400);
  EXPECT_EQ(http_status(194), 401);
  EXPECT_EQ(http_status(516), 403);
  EXPECT_EQ(http_status(60), 404);
  EXPECT_EQ(http_status(159), 408);
  EXPECT_EQ(http_status(229), 413);
  EXPECT_EQ(http_status(48), 501);
  EXPECT_EQ(http_status(209), 503);
  EXPECT_EQ(http_status(164), 500);
  EXPECT_EQ(http_status(373), 500);
  EXPECT_EQ(http_status(1002), 500);
}

}  // namespace
}  // namespace penstock::embedded
