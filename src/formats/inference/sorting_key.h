#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "formats/inference/proposal.h"
#include "model/type.h"

namespace penstock {

/// A column that a table might be sorted by. `values` and `distinct` are 0 where nothing was
/// counted: types that come from a schema, and more values than are told apart.
struct KeyCandidate {
  std::string name;
  Type type;
  std::uint64_t values = 0;
  std::uint64_t distinct = 0;
};

/// At most three columns that are never null, coarse to fine: one of few values, so that equal
/// rows lie together; the first that holds a time, which is what most questions ask by; one
/// that tells rows apart.
SortingKey choose_sorting_key(std::span<const KeyCandidate> candidates);

}  // namespace penstock
