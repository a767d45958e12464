#include "spec/path.h"

#include <gtest/gtest.h>

#include "spec/read_document.h"

namespace penstock::spec {
namespace {

TEST(Path, QuotesKeysThatWouldBeMisread) {
  EXPECT_EQ(path_to("", "name"), "name");
  EXPECT_EQ(path_to("settings", "kafka.debug"), "settings.\"kafka.debug\"");
  EXPECT_EQ(path_to("columns", 3), "columns[3]");
}

TEST(Path, KnowsWhatLiesWithin) {
  EXPECT_TRUE(is_within("a.b", "a"));
  EXPECT_TRUE(is_within("a[0]", "a"));
  EXPECT_TRUE(is_within("a", "a"));
  EXPECT_TRUE(is_within("a", ""));
  EXPECT_FALSE(is_within("ab", "a"));
  EXPECT_FALSE(is_within("a", "a.b"));
}

TEST(Path, FindsThePlaceOfANodeOrOfItsNearestAncestor) {
  const Reading reading = read_yaml("a:\n  b:\n  - c: 1\n");
  const Value& root = reading.documents.at(0);
  EXPECT_EQ(place_of(root, "a.b[0].c").line, 3);
  EXPECT_EQ(place_of(root, "a.b[0].c").column, 8);
  EXPECT_EQ(place_of(root, "a.b[7].c").column, 3);
  EXPECT_EQ(place_of(root, "a.x").line, 2);
  EXPECT_EQ(place_of(root, "").line, 1);
}

}  // namespace
}  // namespace penstock::spec
