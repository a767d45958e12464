#pragma once

#include <string_view>
#include <vector>

#include "spec/problem.h"
#include "spec/value.h"

namespace penstock::spec {

/// A file turned into trees. When `problems` is not empty the trees may be incomplete.
struct Reading {
  std::vector<Value> documents;
  std::vector<Problem> problems;  // broken syntax, doubled keys, too deep, too large
};

/// Nodes nested deeper than this are refused: no settings need it, and it bounds our recursion.
inline constexpr int kDeepestNode = 64;
/// Nodes per file; stops YAML aliases that unfold into millions.
inline constexpr int kMostNodes = 200'000;

/// YAML, one or several documents. Quoted scalars are text, plain ones follow YAML 1.2.
Reading read_yaml(std::string_view text);

/// JSON, one document.
Reading read_json(std::string_view text);

/// JSON when `file_name` ends in ".json", YAML otherwise.
Reading read_document(std::string_view text, std::string_view file_name);

}  // namespace penstock::spec
