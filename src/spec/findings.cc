#include "spec/findings.h"

#include <algorithm>
#include <tuple>

#include "spec/path.h"

namespace penstock::spec {

bool speaks_of(const std::vector<Problem>& problems, std::string_view path) {
  return std::any_of(problems.begin(), problems.end(), [&](const Problem& problem) {
    if (problem.path.empty()) return false;
    return is_within(problem.path, path) || is_within(path, problem.path);
  });
}

void sort_by_place(std::vector<Problem>& problems) {
  const auto earlier = [](const Problem& left, const Problem& right) {
    return std::tie(left.place.line, left.place.column) <
           std::tie(right.place.line, right.place.column);
  };
  std::stable_sort(problems.begin(), problems.end(), earlier);
}

}  // namespace penstock::spec
