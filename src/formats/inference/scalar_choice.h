#pragma once

#include <string>
#include <string_view>

#include "formats/inference/observation.h"
#include "model/type.h"

namespace penstock {

/// A type and why it was taken.
struct Choice {
  Type type;
  std::string reason;
};

/// The types for numbers alone, for texts alone; never Nullable. The field's name decides
/// where values leave a doubt. docs/guide/inference.md has the rules and their reasons.
Choice choose_number(const NumbersSeen& seen, std::string_view name);
Choice choose_text(const Observation& seen, std::string_view name);

/// Do so few values repeat so often that a dictionary pays?
bool repeats_often(std::uint64_t distinct, std::uint64_t count);

}  // namespace penstock
