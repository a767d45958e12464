#include "spec/nearest_name.h"

#include <gtest/gtest.h>

#include <array>

namespace penstock::spec {
namespace {

constexpr std::array<std::string_view, 4> kKnown = {"topics", "brokers", "consumerGroup", "format"};

TEST(NearestName, FindsSlipsOfTheKeyboard) {
  EXPECT_EQ(nearest_name("topicz", kKnown), "topics");
  EXPECT_EQ(nearest_name("topic", kKnown), "topics");
  EXPECT_EQ(nearest_name("tpoics", kKnown), "topics");
  EXPECT_EQ(nearest_name("FORMAT", kKnown), "format");
  EXPECT_EQ(nearest_name("consumer_group", kKnown), "consumerGroup");
}

TEST(NearestName, StaysSilentWhenNothingIsNear) {
  EXPECT_EQ(nearest_name("password", kKnown), "");
  EXPECT_EQ(nearest_name("", kKnown), "");
  EXPECT_EQ(nearest_name(std::string(5000, 't'), kKnown), "");
}

}  // namespace
}  // namespace penstock::spec
