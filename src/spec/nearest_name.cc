#include "spec/nearest_name.h"

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <vector>

namespace penstock::spec {
namespace {

constexpr std::size_t kLongestName = 80;

bool same_letter(char left, char right) {
  // consumer_group is meant when consumerGroup is written, and the other way round.
  const auto plain = [](char c) { return std::tolower(static_cast<unsigned char>(c)); };
  return plain(left) == plain(right);
}

/// Edits that turn one word into the other (optimal string alignment).
std::size_t distance(std::string_view left, std::string_view right) {
  std::vector<std::size_t> before(right.size() + 1);
  std::vector<std::size_t> above(right.size() + 1);
  std::vector<std::size_t> row(right.size() + 1);
  for (std::size_t j = 0; j <= right.size(); ++j) above[j] = j;
  for (std::size_t i = 1; i <= left.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= right.size(); ++j) {
      const std::size_t change = same_letter(left[i - 1], right[j - 1]) ? 0 : 1;
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + change});
      const bool swapped = i > 1 && j > 1 && same_letter(left[i - 1], right[j - 2]) &&
                           same_letter(left[i - 2], right[j - 1]);
      if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    before.swap(above);
    above.swap(row);
  }
  return above[right.size()];
}

}  // namespace

std::string_view nearest_name(std::string_view written, std::span<const std::string_view> known) {
  std::string_view nearest;
  std::size_t least = kLongestName;
  if (written.empty() || written.size() > kLongestName) return nearest;
  for (const std::string_view name : known) {
    const std::size_t edits = distance(written, name);
    const std::size_t allowed = std::max<std::size_t>(1, std::max(name.size(), written.size()) / 3);
    if (edits > allowed || edits >= least) continue;
    nearest = name;
    least = edits;
  }
  return nearest;
}

}  // namespace penstock::spec
