#include "contract/ledger.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace penstock {
namespace {

constexpr LogId kLog{3};

Span span_to(int end) { return {.log = kLog, .resume_after = std::to_string(end)}; }

TEST(OffsetLedger, KeepsTheResumePointBehindTheFirstHole) {
  OffsetLedger ledger;
  const Ticket first = ledger.open(span_to(10));
  const Ticket second = ledger.open(span_to(20));
  ledger.settle(second);
  EXPECT_FALSE(ledger.take_resume_point(kLog));
  ledger.settle(first);
  EXPECT_EQ(ledger.take_resume_point(kLog), "20");
  EXPECT_FALSE(ledger.take_resume_point(kLog)) << "a point is handed out once";
}

TEST(OffsetLedger, TakesEmptySpansLikeAnyOther) {
  OffsetLedger ledger;
  const Ticket empty = ledger.open(span_to(20));
  EXPECT_EQ(ledger.in_flight(kLog), 1u);
  ledger.settle(empty);
  EXPECT_EQ(ledger.take_resume_point(kLog), "20");
}

TEST(OffsetLedger, IgnoresTicketsFromBeforeTheFence) {
  OffsetLedger ledger;
  const Ticket old = ledger.open(span_to(30));
  ledger.fence(kLog);
  const Ticket fresh = ledger.open(span_to(40));
  ledger.settle(old);
  EXPECT_FALSE(ledger.take_resume_point(kLog));
  ledger.settle(fresh);
  EXPECT_EQ(ledger.take_resume_point(kLog), "40");
}

TEST(OffsetLedger, FencesAPointThatWasNotTakenYet) {
  OffsetLedger ledger;
  ledger.settle(ledger.open(span_to(10)));
  ledger.fence(kLog);
  EXPECT_FALSE(ledger.take_resume_point(kLog));
}

TEST(OffsetLedger, WaitsForEveryStakeAndIgnoresSettlesTooMany) {
  OffsetLedger ledger;
  const Ticket ticket = ledger.open(span_to(50));
  ledger.share(ticket);
  ledger.settle(ticket);
  EXPECT_FALSE(ledger.take_resume_point(kLog));
  ledger.settle(ticket);
  EXPECT_EQ(ledger.take_resume_point(kLog), "50");
  ledger.settle(ticket);
  EXPECT_FALSE(ledger.take_resume_point(kLog));
}

TEST(OffsetLedger, KeepsLogsApart) {
  OffsetLedger ledger;
  const LogId other{4};
  const Ticket here = ledger.open(span_to(10));
  const Ticket there = ledger.open({.log = other, .resume_after = "99"});
  ledger.settle(there);
  EXPECT_EQ(ledger.take_resume_point(other), "99");
  EXPECT_FALSE(ledger.take_resume_point(kLog));
  ledger.settle(here);
  EXPECT_EQ(ledger.take_resume_point(kLog), "10");
}

/// Plays one order of settles over spans with the given stakes, with a fence before
/// step `fence_at`, and checks after every step that the resume point is exactly
/// the end of the longest settled run from the start.
void play(const std::vector<int>& stakes, const std::vector<int>& order, std::size_t fence_at) {
  OffsetLedger ledger;
  std::vector<Ticket> tickets;
  for (std::size_t i = 0; i < stakes.size(); ++i) {
    tickets.push_back(ledger.open(span_to(static_cast<int>(i) + 1)));
    for (int more = 1; more < stakes[i]; ++more) ledger.share(tickets.back());
  }
  std::vector<int> left = stakes;
  int reached = 0;
  bool fenced = false;
  for (std::size_t step = 0; step < order.size(); ++step) {
    if (step == fence_at) {
      ledger.fence(kLog);
      fenced = true;
    }
    ledger.settle(tickets[static_cast<std::size_t>(order[step])]);
    --left[static_cast<std::size_t>(order[step])];
    const auto point = ledger.take_resume_point(kLog);
    const auto run = std::find_if(left.begin(), left.end(), [](int n) { return n > 0; });
    const int done = static_cast<int>(run - left.begin());
    if (fenced || done == reached) {
      ASSERT_FALSE(point) << "step " << step;
    } else {
      ASSERT_EQ(point, std::to_string(done)) << "step " << step;
      reached = done;
    }
  }
  ASSERT_EQ(ledger.in_flight(kLog), 0u);
}

TEST(OffsetLedger, HoldsInEveryOrderOfFiveSpansWithSharesAndAFenceAnywhere) {
  std::size_t played = 0;
  for (int shared = -1; shared < 5; ++shared) {
    std::vector<int> stakes(5, 1);
    std::vector<int> order{0, 1, 2, 3, 4};
    if (shared >= 0) {
      stakes[static_cast<std::size_t>(shared)] = 2;
      order.push_back(shared);
    }
    std::ranges::sort(order);
    do {
      for (std::size_t fence_at = 0; fence_at <= order.size() + 1; ++fence_at) {
        play(stakes, order, fence_at);
        if (HasFatalFailure()) return;
        ++played;
      }
    } while (std::ranges::next_permutation(order).found);
  }
  EXPECT_EQ(played, 120u * 7 + 5 * 360u * 8);
}

}  // namespace
}  // namespace penstock
