#include "base/error.h"

#include <gtest/gtest.h>

#include "base/backoff.h"
#include "base/error_catalog.h"
#include "base/result.h"

namespace penstock {
namespace {

Result<int> half(int value) {
  if (value % 2 != 0) return Error{.code = "engine.bug", .message = "odd"};
  return value / 2;
}

Result<int> quarter(int value) {
  PENSTOCK_TRY(first, half(value));
  PENSTOCK_TRY(second, half(first));
  return second;
}

TEST(Result, TryPassesTheErrorOn) {
  EXPECT_EQ(quarter(8).value(), 2);
  EXPECT_EQ(quarter(6).error().message, "odd");
}

TEST(Error, TextNamesEveryStepInnermostFirst) {
  const Error error = Error{.message = "refused"}.at("table events").at("pipe orders");
  EXPECT_EQ(error.text(), "refused (table events, pipe orders)");
}

TEST(ErrorCatalog, FindsAListedCodeAndNothingElse) {
  EXPECT_TRUE(explain("clickhouse.auth").has_value());
  EXPECT_FALSE(explain("clickhouse.authx").has_value());
}

TEST(Backoff, DoublesUpToTheMostAndStaysAboveHalf) {
  using std::chrono::milliseconds;
  Backoff backoff(milliseconds(100), milliseconds(400), 7);
  for (const int whole : {100, 200, 400, 400}) {
    const auto wait = backoff.next();
    EXPECT_GE(wait.count(), whole / 2);
    EXPECT_LE(wait.count(), whole);
  }
  backoff.reset();
  EXPECT_LE(backoff.next().count(), 100);
}

}  // namespace
}  // namespace penstock
