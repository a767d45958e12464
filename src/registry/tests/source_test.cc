#include "registry/source.h"

#include <gtest/gtest.h>

#include <atomic>
#include <latch>
#include <thread>
#include <vector>

#include "registry/errors.h"

namespace penstock::registry {
namespace {

using namespace std::chrono_literals;
using Answer = Result<std::shared_ptr<const RegisteredSchema>>;

/// Counts what is asked of it; answers as the test says.
class FakeClient final : public Client {
 public:
  using Asked = std::function<Answer(int count)>;
  FakeClient(Asked answer, std::atomic<int>& count) : answer_(std::move(answer)), count_(count) {}

  Answer fetch(const SchemaName&) override { return answer_(++count_); }
  void set_login(Login login) override { user = login.username; }

  std::string user;

 private:
  const Asked answer_;
  std::atomic<int>& count_;
};

Answer a_schema() {
  return std::make_shared<const RegisteredSchema>(RegisteredSchema{.text = "\"int\""});
}

Answer away() {
  return Error{.fault = Fault::remote,
               .recovery = Recovery::retry,
               .code = "registry.unreachable",
               .message = "away"};
}

struct World {
  explicit World(FakeClient::Asked answer, std::chrono::milliseconds missing_for = 1h)
      : source(std::make_unique<FakeClient>(std::move(answer), asked), std::nullopt, missing_for) {}

  std::atomic<int> asked{0};
  RegistrySource source;
};

TEST(RegistrySource, KeepsWhatItFound) {
  World world([](int) { return a_schema(); });
  const auto first = world.source.find(SchemaId{7});
  const auto second = world.source.find(SchemaId{7});
  ASSERT_TRUE(first.ok() && second.ok());
  EXPECT_EQ(first.value(), second.value());
  EXPECT_EQ(world.asked, 1);
  ASSERT_TRUE(world.source.find(SchemaId{8}).ok());
  EXPECT_EQ(world.asked, 2);
}

TEST(RegistrySource, RemembersWhatIsMissingForAWhile) {
  World world([](int) -> Answer { return unknown_schema("id 7", "gone"); });
  EXPECT_EQ(world.source.find(SchemaId{7}).error().code, "schema.unknown");
  EXPECT_EQ(world.source.find(SchemaId{7}).error().code, "schema.unknown");
  EXPECT_EQ(world.asked, 1);
}

TEST(RegistrySource, LooksAgainForWhatWasMissing) {
  World world(
      [](int count) -> Answer {
        if (count == 1) return unknown_schema("id 7", "gone");
        return a_schema();
      },
      0ms);
  EXPECT_FALSE(world.source.find(SchemaId{7}).ok());
  EXPECT_TRUE(world.source.find(SchemaId{7}).ok());
  EXPECT_EQ(world.asked, 2);
}

TEST(RegistrySource, DoesNotRememberThatTheRegistryWasAway) {
  World world([](int count) { return count == 1 ? away() : a_schema(); });
  EXPECT_EQ(world.source.find(SchemaId{7}).error().recovery, Recovery::retry);
  EXPECT_TRUE(world.source.find(SchemaId{7}).ok());
}

TEST(RegistrySource, AsksOnceHoweverManyLanesWant) {
  constexpr int kLanes = 8;
  std::latch all_here(kLanes);
  World world([&](int) {
    all_here.wait();
    return a_schema();
  });
  std::atomic<int> found{0};
  {
    std::vector<std::jthread> lanes;
    for (int i = 0; i < kLanes; ++i) {
      lanes.emplace_back([&] {
        all_here.count_down();
        if (world.source.find(SchemaId{7}).ok()) ++found;
      });
    }
  }
  EXPECT_EQ(found, kLanes);
  EXPECT_EQ(world.asked, 1);
}

TEST(RegistrySource, AsksAgainForWhatWasMissingAfterANewLogin) {
  World world([](int) -> Answer { return unknown_schema("id 7", "hidden from you"); });
  EXPECT_FALSE(world.source.find(SchemaId{7}).ok());
  world.source.set_login({.username = "better"});
  EXPECT_FALSE(world.source.find(SchemaId{7}).ok());
  EXPECT_EQ(world.asked, 2);
}

TEST(RegistrySource, PrefersThePipesOwnSchemaForMessagesThatNameNone) {
  std::atomic<int> asked{0};
  RegistrySource source(
      std::make_unique<FakeClient>([](int) { return a_schema(); }, asked),
      RegisteredSchema{.type = SchemaType::avro, .text = "\"string\"", .imports = {}});
  EXPECT_EQ(source.find(ConfiguredSchema{}).value()->text, "\"string\"");
  EXPECT_EQ(asked, 0);
  EXPECT_EQ(source.find(SchemaId{1}).value()->text, "\"int\"");
}

TEST(RegistrySource, HasOnlyThePipesOwnSchemaWithoutARegistry) {
  RegistrySource source(nullptr, RegisteredSchema{.text = "\"string\""});
  EXPECT_TRUE(source.find(ConfiguredSchema{}).ok());
  const auto other = source.find(SchemaId{1});
  ASSERT_FALSE(other.ok());
  EXPECT_EQ(other.error().message, "schema id 1: the pipe names no registry");
}

TEST(RegistrySource, StaysSmallWhenEveryMessageNamesAnotherMissingSchema) {
  World world([](int) -> Answer { return unknown_schema("x", "gone"); });
  for (std::uint32_t id = 0; id < 5000; ++id) EXPECT_FALSE(world.source.find(SchemaId{id}).ok());
  EXPECT_FALSE(world.source.find(SchemaId{0}).ok());
  EXPECT_EQ(world.asked, 5001);
}

}  // namespace
}  // namespace penstock::registry
