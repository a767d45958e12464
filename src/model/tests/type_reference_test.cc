#include "model/type_reference.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

#include "model/column/registry.h"

namespace penstock {
namespace {

std::multiset<std::string> described_types() {
  std::multiset<std::string> names;
  for (const TypeReference& entry : type_references()) {
    std::string_view rest = entry.types;
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find(' '), rest.size());
      names.emplace(rest.substr(0, end));
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }
  return names;
}

TEST(TypeReference, DescribesEveryTypeOnce) {
  const auto described = described_types();
  for (const std::string_view type : known_types()) {
    EXPECT_EQ(described.count(std::string(type)), 1u) << type;
  }
}

TEST(TypeReference, DescribesNoOtherTypeButTheRefusedOnes) {
  const auto known = known_types();
  for (const std::string& type : described_types()) {
    const bool is_known = std::ranges::find(known, type) != known.end();
    const bool is_refused = type_references().back().types.find(type) != std::string_view::npos;
    EXPECT_NE(is_known, is_refused) << type;
  }
}

}  // namespace
}  // namespace penstock
