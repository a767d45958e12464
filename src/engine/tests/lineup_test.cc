#include "engine/lineup.h"

#include <gtest/gtest.h>

namespace penstock {
namespace {

using namespace std::chrono_literals;

const Lineup::Clock::time_point kStart{1h};

Standing member(std::size_t owned, bool finished = false) {
  return {.settled = true, .finished = finished, .owned = owned, .logs = 4};
}

TEST(Lineup, LetsASingleLaneReadAtOnceAndEndWhenItHasFinished) {
  Lineup lineup(1);
  EXPECT_TRUE(lineup.may_read(kStart));
  lineup.report(0, member(1), kStart);
  EXPECT_FALSE(lineup.may_end(kStart));
  lineup.report(0, member(1, true), kStart);
  EXPECT_TRUE(lineup.may_end(kStart)) << "other logs are other members' business";
}

TEST(Lineup, HoldsReadingUntilTheGroupHasSpreadTheLogs) {
  Lineup lineup(2);
  EXPECT_FALSE(lineup.may_read(kStart));
  lineup.report(0, member(4), kStart);
  EXPECT_FALSE(lineup.may_read(kStart)) << "the second has not joined";
  lineup.report(1, member(0), kStart);
  EXPECT_FALSE(lineup.may_read(kStart)) << "the first will have to give logs away";
  lineup.report(0, member(2), kStart);
  EXPECT_FALSE(lineup.may_read(kStart)) << "two logs are on their way";
  lineup.report(1, member(2), kStart);
  EXPECT_TRUE(lineup.may_read(kStart));
  lineup.report(1, member(0), kStart);
  EXPECT_TRUE(lineup.may_read(kStart)) << "later changes stop nobody";
}

TEST(Lineup, ReadsWithoutAllLogsOnceTheGroupIsQuiet) {
  Lineup lineup(2);
  lineup.report(0, member(1), kStart);
  lineup.report(1, member(1), kStart + 2s);
  EXPECT_FALSE(lineup.may_read(kStart + 7s));
  lineup.report(1, member(1), kStart + 7s);  // the same again
  EXPECT_TRUE(lineup.may_read(kStart + 8s)) << "the other logs belong to another process";
}

TEST(Lineup, DoesNotWaitForEverForALaneThatCannotJoin) {
  Lineup lineup(2);
  lineup.report(0, member(2), kStart);
  lineup.report(1, {.logs = 4}, kStart);
  EXPECT_FALSE(lineup.may_read(kStart + 29s));
  EXPECT_TRUE(lineup.may_read(kStart + 30s));
}

TEST(Lineup, EndsWhenAllLogsAreFinishedAlsoWithAnIdleLane) {
  Lineup lineup(2);
  lineup.report(0, member(4), kStart);
  lineup.report(1, member(0, true), kStart);
  EXPECT_FALSE(lineup.may_end(kStart));
  lineup.report(0, member(4, true), kStart);
  EXPECT_TRUE(lineup.may_end(kStart));
}

TEST(Lineup, DoesNotEndWhileALogIsOnItsWayFromOneLaneToAnother) {
  Lineup lineup(2);
  lineup.report(0, member(2, true), kStart);
  lineup.report(1, member(2), kStart);
  lineup.report(1, member(1, true), kStart + 1s);  // gave away what it had not finished
  EXPECT_FALSE(lineup.may_end(kStart + 1s));
  lineup.report(0, member(3), kStart + 2s);
  EXPECT_FALSE(lineup.may_end(kStart + 20s));
  lineup.report(0, member(3, true), kStart + 21s);
  EXPECT_TRUE(lineup.may_end(kStart + 21s));
}

TEST(Lineup, EndsWithoutAllLogsOnceNothingChanges) {
  Lineup lineup(2);
  lineup.report(0, member(1, true), kStart);
  lineup.report(1, member(1, true), kStart);
  EXPECT_FALSE(lineup.may_end(kStart + 5s));
  EXPECT_TRUE(lineup.may_end(kStart + 6s));
}

}  // namespace
}  // namespace penstock
