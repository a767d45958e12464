#include "engine/log_plan.h"

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <vector>

#include "contract/ledger.h"

namespace penstock {
namespace {

TEST(LogPlan, SaysTheRangesOnTheirWayAndWhereToResume) {
  LogPlan plan({"era", {}}, "100");
  plan.cut(100, 199, 7);
  plan.cut(205, 301, 8);
  EXPECT_EQ(plan.say().note, to_note({"era", {{100, 199, 7}, {205, 301, 8}}}));
  EXPECT_FALSE(plan.has_news());
  plan.complete(1, "200");
  EXPECT_TRUE(plan.has_news());
  const LogPlan::Saying saying = plan.say();
  EXPECT_EQ(saying.position, "200");
  EXPECT_EQ(saying.note, to_note({"era", {{205, 301, 8}}}));
}

TEST(LogPlan, CutsWhatSomebodyElsePlannedAgainAsItWas) {
  LogPlan plan({"era", {{100, 199, 7}, {205, 301, 8}}}, "100");
  ASSERT_NE(plan.again(), nullptr);
  EXPECT_EQ(plan.cut(100, 150, 99), (PlannedRange{100, 199, 7})) << "its last records are gone";
  EXPECT_EQ(plan.cut(205, 301, 99), (PlannedRange{205, 301, 8}));
  EXPECT_EQ(plan.again(), nullptr);
  EXPECT_EQ(plan.cut(302, 310, 99), (PlannedRange{302, 310, 99}));
  EXPECT_EQ(plan.say().note, to_note({"era", {{100, 199, 7}, {205, 301, 8}, {302, 310, 99}}}));
}

TEST(LogPlan, KeepsWhatIsNotCutAgainYetWhenAnEarlierRangeIsComplete) {
  LogPlan plan({"era", {{100, 199, 7}, {205, 301, 8}}}, "100");
  plan.cut(100, 199, 99);
  plan.complete(0, "200");
  EXPECT_EQ(plan.say().note, to_note({"era", {{205, 301, 8}}}));
  ASSERT_NE(plan.again(), nullptr);
  EXPECT_EQ(plan.again()->first, 205);
}

TEST(LogPlan, IsFullWhenABrokerMightStoreNoMore) {
  LogPlan plan({"era", {}}, "0");
  for (std::int64_t i = 0; i < static_cast<std::int64_t>(kMostPlannedRanges); ++i) {
    EXPECT_FALSE(plan.full());
    plan.cut(i, i, 0);
  }
  EXPECT_TRUE(plan.full());
  plan.complete(kMostPlannedRanges - 1, "1");
  EXPECT_FALSE(plan.full());
}

/// What may be taken out of the scheme, to see that something then goes wrong.
enum class Without { nothing, token, announcement, bounds };

/// A log of a few records, its group, a server, and one member at a time that can die at any
/// moment. Copied at every fork, so that all orders of events are played.
class World {
 public:
  static constexpr std::int64_t kRecords = 4;

  explicit World(Without without) : without_(without) { gain(); }

  enum Event {
    cut_one,
    cut_two,
    commit,
    commit_and_die,   // stored, but the member never hears of it
    send,             // the oldest range that may be sent; answered
    send_unanswered,  // executed, the answer is lost
    send_late,        // the server executes it at some later time
    late_one_runs,
    die,
    kEvents,
  };

  /// False when this cannot happen now.
  bool happens(int event) {
    switch (event) {
      case cut_one: return cut(1);
      case cut_two: return cut(2);
      case commit: return store(true);
      case commit_and_die: return store(false) && die_now();
      case send: return send_next(true, true);
      case send_unanswered: return send_next(true, false);
      case send_late: return send_next(false, false);
      case late_one_runs: return run_late();
      default: return die_now();
    }
  }

  /// No more faults: a last member brings everything to its end.
  void finish() {
    die_now();
    while (run_late()) {
    }
    for (int step = 0; step < 50; ++step) {
      cut(1);
      store(true);
      send_next(true, true);
    }
  }

  bool complete() const { return position_ == kRecords; }
  /// Every record is stored once.
  bool exact() const {
    for (std::int64_t i = 0; i < kRecords; ++i) {
      const auto found = times_.find(i);
      if (found == times_.end() || found->second != 1) return false;
    }
    return true;
  }

 private:
  struct Range {
    std::string token;
    std::int64_t first = 0;
    std::int64_t end = 0;
    Ticket ticket;
    bool announced = false;
    bool sent = false;
  };

  void gain() {
    DeliveryPlan found{.era = "era", .ranges = {}};
    if (!note_.empty()) found = *read_note(note_).value();
    if (without_ == Without::bounds) found.ranges.clear();
    plan_.emplace(found, std::to_string(position_));
    ledger_ = {};
    ranges_.clear();
    at_ = position_;
  }

  bool cut(std::int64_t size) {
    const PlannedRange* again = plan_->again();
    const std::int64_t last = again != nullptr ? again->last : at_ + size - 1;
    if (last >= kRecords || (again != nullptr && size > 1)) return false;
    const PlannedRange range = plan_->cut(at_, last, 0);
    const Ticket ticket = ledger_.open({.log = LogId{}, .resume_after = std::to_string(last + 1)});
    std::string token = delivery_name("t", 0, range, plan_->era());
    if (without_ == Without::token) token += std::to_string(++attempts_);
    ranges_.push_back({token, at_, last + 1, ticket});
    at_ = last + 1;
    return true;
  }

  bool store(bool heard) {
    if (auto position = ledger_.take_resume_point(LogId{})) {
      plan_->complete(ledger_.in_flight(LogId{}), *position);
    }
    if (!plan_->has_news()) return false;
    const LogPlan::Saying saying = plan_->say();
    position_ = std::stoll(saying.position);
    note_ = saying.note;
    for (Range& range : ranges_) range.announced |= heard;
    return true;
  }

  bool send_next(bool runs_now, bool answered) {
    for (Range& range : ranges_) {
      if (range.sent || (!range.announced && without_ != Without::announcement)) continue;
      range.sent = answered;
      runs_now ? insert(range) : late_.push_back(range);
      if (answered) ledger_.settle(range.ticket);
      return true;
    }
    return false;
  }

  bool run_late() {
    if (late_.empty()) return false;
    insert(late_.back());
    late_.pop_back();
    return true;
  }

  void insert(const Range& range) {
    if (!tokens_.insert(range.token).second) return;
    for (std::int64_t i = range.first; i < range.end; ++i) ++times_[i];
  }

  bool die_now() {
    gain();
    return true;
  }

  const Without without_;
  // The group's.
  std::int64_t position_ = 0;
  std::string note_;
  // The server's.
  std::set<std::string> tokens_;
  std::map<std::int64_t, int> times_;
  std::vector<Range> late_;
  // The member's.
  std::optional<LogPlan> plan_;
  OffsetLedger ledger_;
  std::vector<Range> ranges_;
  std::int64_t at_ = 0;
  int attempts_ = 0;
};

struct Outcomes {
  int worlds = 0;
  int wrong = 0;
};

void play(const World& world, int depth, Outcomes& outcomes) {
  World last = world;
  last.finish();
  ++outcomes.worlds;
  outcomes.wrong += last.complete() && last.exact() ? 0 : 1;
  if (depth == 0) return;
  for (int event = 0; event < World::kEvents; ++event) {
    World next = world;
    if (next.happens(event)) play(next, depth - 1, outcomes);
  }
}

Outcomes play_all(Without without) {
  Outcomes outcomes;
  play(World(without), 6, outcomes);
  return outcomes;
}

TEST(ExactlyOnce, HoldsInEveryOrderOfEvents) {
  const Outcomes outcomes = play_all(Without::nothing);
  EXPECT_EQ(outcomes.wrong, 0);
  EXPECT_GT(outcomes.worlds, 5'000);
}

TEST(ExactlyOnce, NeedsEachOfItsParts) {
  EXPECT_GT(play_all(Without::token).wrong, 0);
  EXPECT_GT(play_all(Without::announcement).wrong, 0);
  EXPECT_GT(play_all(Without::bounds).wrong, 0);
}

}  // namespace
}  // namespace penstock
