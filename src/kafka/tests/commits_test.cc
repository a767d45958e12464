#include <gtest/gtest.h>

#include "kafka/source.h"
#include "kafka/tests/mock_cluster.h"
#include "kafka/tests/reader.h"

namespace penstock::kafka {
namespace {

using namespace std::chrono_literals;

/// What was confirmed of the only log, when it has been.
std::optional<Stored> wait_for_stored(Reader& reader) {
  std::optional<Stored> found;
  reader.poll_until([&] {
    auto stored = reader.source().take_stored();
    EXPECT_TRUE(stored.ok());
    if (stored.ok() && !stored.value().empty()) found = stored.value().front();
    return found.has_value();
  });
  return found;
}

struct World {
  World() {
    cluster.create_topic("events", 1);
    cluster.produce_numbers("events", 0, 0, 10);
  }
  /// A member that has read everything.
  std::unique_ptr<Reader> member(std::size_t records = 10) {
    auto reader = std::make_unique<Reader>(options_for(cluster, "events"));
    EXPECT_TRUE(reader->source().open().ok());
    EXPECT_TRUE(reader->poll_until([&] { return reader->values().size() == records; }));
    return reader;
  }

  MockCluster cluster;
};

TEST(Commits, KeepTheNoteBesideThePositionForTheNextMember) {
  World world;
  {
    const auto first = world.member();
    const LogId log = *first->owned.begin();
    EXPECT_EQ(first->notes[log], "");
    const ResumePoint point{log, "4", "a plan", 1};
    ASSERT_TRUE(first->source().commit(std::span(&point, 1), 5s).ok());
    ASSERT_TRUE(first->source().close(5s).ok());
  }
  const auto next = world.member(6);
  EXPECT_EQ(next->notes[*next->owned.begin()], "a plan");
  EXPECT_EQ(next->values().front(), "4");
}

TEST(Commits, StoreANewNoteThoughThePositionStays) {
  World world;
  {
    const auto first = world.member();
    const LogId log = *first->owned.begin();
    for (const char* note : {"one", "two"}) {
      const ResumePoint point{log, "4", note, 1};
      ASSERT_TRUE(first->source().commit(std::span(&point, 1), 5s).ok());
    }
    ASSERT_TRUE(first->source().close(5s).ok());
  }
  const auto next = world.member(6);
  EXPECT_EQ(next->notes[*next->owned.begin()], "two");
}

TEST(Commits, SayWhichResumePointIsStoredAndHowLongTheLogIsSurelyOurs) {
  World world;
  const auto reader = world.member();
  const LogId log = *reader->owned.begin();
  const auto before = std::chrono::steady_clock::now();
  const ResumePoint point{log, "4", "a plan", 17};
  ASSERT_TRUE(reader->source().commit(std::span(&point, 1), 0s).ok());
  const auto stored = wait_for_stored(*reader);
  ASSERT_TRUE(stored);
  EXPECT_EQ(stored->number, 17u);
  EXPECT_GE(stored->ours_until, before + 4s) << "the session of options_for()";
  EXPECT_LE(stored->ours_until, std::chrono::steady_clock::now() + 4s);
}

TEST(Commits, ReplaceWhatWaitsBehindOneOnItsWay) {
  World world;
  const auto reader = world.member();
  const LogId log = *reader->owned.begin();
  rd_kafka_mock_broker_set_rtt(world.cluster.mock(), 1, 300);
  for (std::uint64_t number = 1; number <= 3; ++number) {
    const ResumePoint point{log, std::to_string(number), "", number};
    ASSERT_TRUE(reader->source().commit(std::span(&point, 1), 0s).ok());
  }
  EXPECT_EQ(wait_for_stored(*reader).value_or(Stored{}).number, 1u);
  EXPECT_EQ(wait_for_stored(*reader).value_or(Stored{}).number, 3u);
}

TEST(Commits, AreNotStoredUnderAGenerationThatIsOver) {
  World world;
  const auto reader = world.member();
  const LogId log = *reader->owned.begin();
  constexpr std::int16_t kOffsetCommit = 8;
  rd_kafka_mock_push_request_errors(world.cluster.mock(), kOffsetCommit, 1,
                                    RD_KAFKA_RESP_ERR_ILLEGAL_GENERATION);
  const ResumePoint point{log, "4", "a plan", 5};
  ASSERT_TRUE(reader->source().commit(std::span(&point, 1), 0s).ok());
  ASSERT_TRUE(reader->poll_until([&] { return reader->lost.contains(log); }));
  ASSERT_TRUE(reader->poll_until([&] { return reader->owned.contains(log); }));
  EXPECT_EQ(reader->notes[log], "");
  const auto stored = reader->source().take_stored();
  ASSERT_TRUE(stored.ok());
  EXPECT_TRUE(stored.value().empty());
}

}  // namespace
}  // namespace penstock::kafka
