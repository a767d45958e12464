#pragma once

#include <span>
#include <string_view>

namespace penstock::spec {

/// The known name a person most likely meant: at most a third of its letters differ, case ignored.
/// Empty when none is that near. A swap of two neighbours counts as one difference.
std::string_view nearest_name(std::string_view written, std::span<const std::string_view> known);

}  // namespace penstock::spec
