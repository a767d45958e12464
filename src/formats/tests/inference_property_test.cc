#include <gtest/gtest.h>

#include "formats/inference/proposal.h"
#include "formats/json/decoder.h"
#include "formats/json/observe.h"
#include "formats/tests/proposed_table.h"
#include "formats/tests/random_json.h"

namespace penstock {
namespace {

/// Expects that a table proposed for messages takes every one of them.
void expect_all_fit(const std::vector<std::string>& messages) {
  JsonObserver observer({});
  Observation rows;
  RecordBatch batch;
  batch.topic = "random";
  for (const std::string& message : messages) {
    batch.offsets.push_back(static_cast<std::int64_t>(batch.size()));
    batch.timestamps_ms.push_back(0);
    batch.keys.emplace_back();
    batch.values.push_back(as_bytes(message));
    ASSERT_EQ(observer.observe({batch, batch.size() - 1, message}, rows), std::nullopt) << message;
  }
  const Proposal proposal = propose(rows);
  if (proposal.columns.empty()) return;

  const Mapping mapping = mapping_of(proposal);
  auto block = Block::make(mapping.layout);
  ASSERT_TRUE(block.ok()) << block.error().text();
  auto decoder = make_json_decoder(mapping, {});
  ASSERT_TRUE(decoder.ok()) << decoder.error().text();
  std::vector<Reject> rejects;
  ASSERT_TRUE(decoder.value()->decode(batch, block.value(), rejects).ok());
  for (const Reject& reject : rejects) {
    ADD_FAILURE() << reject.detail << "\nin " << messages[reject.record];
  }
  EXPECT_EQ(block.value().rows(), messages.size());
}

TEST(InferenceProperty, TheProposedTableTakesEveryMessageSeen) {
  constexpr std::uint32_t kTopics = 2000;
  for (std::uint32_t seed = 1; seed <= kTopics && !testing::Test::HasFailure(); ++seed) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    RandomJson random(seed);
    std::vector<std::string> messages(1 + seed % 40);
    for (std::string& message : messages) message = random.object();
    expect_all_fit(messages);
  }
}

TEST(InferenceProperty, ObservationsMergeToWhatOneWouldHaveSeen) {
  const RecordBatch no_batch;  // JSON is not looked for in headers
  for (std::uint32_t seed = 1; seed <= 300; ++seed) {
    RandomJson random(seed);
    JsonObserver observer({});
    Observation at_once;
    std::vector<Observation> parts(3);
    for (Observation& part : parts) {
      for (int left = 10; left > 0; --left) {
        const std::string message = random.object();
        ASSERT_EQ(observer.observe({no_batch, 0, message}, at_once), std::nullopt);
        ASSERT_EQ(observer.observe({no_batch, 0, message}, part), std::nullopt);
      }
    }
    Observation merged;
    for (const Observation& part : parts) merged.merge(part);
    ASSERT_EQ(spelt(propose(merged)), spelt(propose(at_once))) << "seed " << seed;
  }
}

TEST(InferenceProperty, TheProposedTableTakesEveryTextThatRepeats) {
  std::vector<std::string> messages;
  for (int i = 0; i < 300; ++i) {
    messages.push_back(R"({"kind": ")" + std::to_string(i % 3) + R"(", "map": {"k)" +
                       std::to_string(i % 7) + R"(": "v"}})");
  }
  messages.emplace_back(R"({"kind": null})");
  expect_all_fit(messages);
}

}  // namespace
}  // namespace penstock
