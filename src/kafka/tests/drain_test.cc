#include <gtest/gtest.h>

#include <algorithm>

#include "kafka/source.h"
#include "kafka/tests/mock_cluster.h"
#include "kafka/tests/reader.h"

namespace penstock::kafka {
namespace {

using namespace std::chrono_literals;

SourceOptions draining(const MockCluster& cluster) {
  SourceOptions options = options_for(cluster, "events");
  options.until = Until::caught_up;
  return options;
}

TEST(Drain, EndsWhereTheLogsEndedAtOpen) {
  MockCluster cluster;
  cluster.create_topic("events", 3);  // one of them stays empty
  cluster.produce_numbers("events", 0, 0, 30);
  cluster.produce_numbers("events", 1, 0, 20);
  Reader reader(draining(cluster));
  ASSERT_TRUE(reader.source().open().ok());
  cluster.produce_numbers("events", 1, 20, 5);  // after open: welcome, but not waited for

  EXPECT_FALSE(reader.caught_up);
  ASSERT_TRUE(reader.poll_until([&] { return reader.caught_up; }));
  EXPECT_GE(reader.values().size(), 50u);
  const SourceProgress progress = reader.source().progress();
  EXPECT_EQ(progress.total, 50);
  EXPECT_EQ(progress.to_go, 0);
}

TEST(Drain, AnEmptyTopicIsCaughtUpOnceItIsOurs) {
  MockCluster cluster;
  cluster.create_topic("events", 2);
  Reader reader(draining(cluster));
  ASSERT_TRUE(reader.source().open().ok());
  reader.poll_once();
  EXPECT_FALSE(reader.caught_up);  // nobody has said yet what is ours
  ASSERT_TRUE(reader.poll_until([&] { return reader.caught_up; }));
  EXPECT_EQ(reader.owned.size(), 2u);
}

TEST(Drain, AMemberWithoutPartitionsHasNothingToDo) {
  MockCluster cluster;
  cluster.create_topic("events", 1);
  cluster.produce_numbers("events", 0, 0, 5);
  Reader first(draining(cluster));
  ASSERT_TRUE(first.source().open().ok());
  ASSERT_TRUE(first.poll_until([&] { return first.owned.size() == 1; }));
  Reader second(draining(cluster));
  ASSERT_TRUE(second.source().open().ok());
  ASSERT_TRUE(second.poll_until([&] {
    first.poll_once();
    if (!first.leaving.empty()) {
      first.source().release(std::vector<LogId>(first.leaving.begin(), first.leaving.end()));
      first.leaving.clear();
    }
    return first.caught_up && second.caught_up;
  }));
}

TEST(Onlooker, ReadsEverythingWithoutTouchingTheGroup) {
  MockCluster cluster;
  cluster.create_topic("events", 2);
  cluster.produce_numbers("events", 0, 0, 10);
  cluster.produce_numbers("events", 1, 0, 10);
  SourceOptions options = draining(cluster);
  options.footprint = Footprint::onlooker;
  for (int round = 0; round < 2; ++round) {
    Reader reader(options);
    ASSERT_TRUE(reader.source().open().ok());
    ASSERT_TRUE(reader.poll_until([&] { return reader.caught_up; }));
    EXPECT_EQ(reader.values().size(), 20u);
    EXPECT_TRUE(reader.commit().ok());
    EXPECT_TRUE(reader.source().close(5s).ok());
  }
}

TEST(Onlooker, ReadsOnlyTheRegionItIsTold) {
  MockCluster cluster;
  cluster.create_topic("events", 2);
  cluster.produce_numbers("events", 0, 0, 101);
  cluster.produce_numbers("events", 1, 1000, 2);
  SourceOptions options = draining(cluster);
  options.footprint = Footprint::onlooker;
  const std::pair<double, int> kRegions[] = {{0.0, 0}, {0.5, 49}, {1.0, 98}};
  for (const auto& [at, first] : kRegions) {
    options.region = Region{.at = at, .offsets = 3};
    Reader reader(options);
    ASSERT_TRUE(reader.source().open().ok());
    ASSERT_TRUE(reader.poll_until([&] { return reader.caught_up; }));
    auto values = reader.values();
    std::ranges::sort(values);
    std::vector<std::string> expected{"1000", "1001"};  // the small log as a whole
    for (int i = first; i < first + 3; ++i) expected.push_back(std::to_string(i));
    std::ranges::sort(expected);
    EXPECT_EQ(values, expected) << at;
  }
}

TEST(StartOffsets, FromLatestSkipsWhatIsThereAndRemembersThat) {
  MockCluster cluster;
  cluster.create_topic("events", 1);
  cluster.produce_numbers("events", 0, 0, 10);
  SourceOptions options = options_for(cluster, "events");
  options.settings.offset.strategy = OffsetStrategy::from_latest;
  {
    Reader first(options);
    ASSERT_TRUE(first.source().open().ok());
    ASSERT_TRUE(first.poll_until([&] { return !first.owned.empty(); }));
    first.poll_for(300ms);
    EXPECT_TRUE(first.values().empty());
    EXPECT_TRUE(first.source().commit({}, 5s).ok());
    EXPECT_TRUE(first.source().close(5s).ok());
  }
  cluster.produce_numbers("events", 0, 10, 3);  // nobody is there: must not be skipped
  Reader second(options);
  ASSERT_TRUE(second.source().open().ok());
  ASSERT_TRUE(second.poll_until([&] { return second.values().size() >= 3; }));
  EXPECT_EQ(second.values(), (std::vector<std::string>{"10", "11", "12"}));
}

// The mock cluster answers every time with "beyond the end".
TEST(StartOffsets, ATimeBeyondTheEndIsTheEnd) {
  MockCluster cluster;
  cluster.create_topic("events", 1);
  cluster.produce_numbers("events", 0, 0, 10);
  SourceOptions options = options_for(cluster, "events");
  options.settings.offset = {OffsetStrategy::from_timestamp, "2099-01-01T00:00"};
  Reader reader(options);
  ASSERT_TRUE(reader.source().open().ok());
  ASSERT_TRUE(reader.poll_until([&] { return !reader.owned.empty(); }));
  cluster.produce_numbers("events", 0, 10, 1);
  ASSERT_TRUE(reader.poll_until([&] { return !reader.values().empty(); }));
  EXPECT_EQ(reader.values(), std::vector<std::string>{"10"});
}

TEST(ReadAgain, BringsWhatIsAskedForInThatOrder) {
  MockCluster cluster;
  cluster.create_topic("events", 2);
  cluster.produce_numbers("events", 0, 0, 100);
  cluster.produce_numbers("events", 1, 1000, 100);
  Reader reader(options_for(cluster, "events"));
  ASSERT_TRUE(reader.source().open().ok());
  ASSERT_TRUE(reader.poll_until([&] { return reader.owned.size() == 2; }));
  const LogId zero{0};
  const LogId one{1};

  const std::vector<RowOrigin> origins = {{zero, 7}, {zero, 9}, {one, 3}, {zero, 8}, {zero, 500}};
  auto found = reader.source().read_again(origins);
  ASSERT_TRUE(found.ok()) << found.error().text();
  std::vector<std::string> values;
  for (const RecordBatch& batch : found.value()) {
    for (const Bytes value : batch.values) values.emplace_back(as_text(value));
  }
  EXPECT_EQ(values, (std::vector<std::string>{"7", "9", "1003", "8", ""}));
  EXPECT_EQ(found.value().size(), 3u);

  const RecordBatch& last = found.value().back();  // there is no offset 500
  EXPECT_EQ(last.offsets, (std::vector<std::int64_t>{8, 500}));
  EXPECT_EQ(last.values[1].data(), nullptr);
  EXPECT_EQ(last.keys[1].data(), nullptr);
  EXPECT_TRUE(last.headers_of(1).empty());
}

}  // namespace
}  // namespace penstock::kafka
