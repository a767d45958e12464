#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "formats/inference/observation.h"
#include "model/type.h"

namespace penstock {

/// Why something has its type. `path` leads to it within the column: "" is the column
/// itself, ".lat" an element, "[]" what a list holds, "{}" what a map holds.
struct Reason {
  std::string path;
  std::string text;
};

/// The type of a column, and why it and every part of it is what it is.
struct ChosenType {
  Type type;
  std::vector<Reason> reasons;
};

/// Tuples nest no deeper, and those that a schema describes have no more parts: nobody wants to
/// name what is beyond element by element.
constexpr int kDeepestTuple = 8;
constexpr std::size_t kMostParts = 1000;

/// The type for a field of which `seen` was seen and which `absent` further records lacked. Every
/// value seen fits into it.
ChosenType choose_type(std::string_view name, const Observation& seen, std::uint64_t absent);

}  // namespace penstock
