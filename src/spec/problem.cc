#include "spec/problem.h"

#include <fmt/format.h>

#include <iterator>

namespace penstock::spec {

std::string problems_text(const std::vector<Problem>& problems, std::string_view file) {
  std::string out;
  const auto end = std::back_inserter(out);
  for (const Problem& problem : problems) {
    fmt::format_to(end, "{}:", file);
    if (problem.place.line > 0) {
      fmt::format_to(end, "{}:{}:", problem.place.line, problem.place.column);
    }
    if (!problem.path.empty()) fmt::format_to(end, " {}:", problem.path);
    fmt::format_to(end, " {}", problem.message);
    if (!problem.found.empty()) fmt::format_to(end, " (found {})", problem.found);
    out += '\n';
  }
  return out;
}

}  // namespace penstock::spec
