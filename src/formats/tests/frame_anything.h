#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace penstock {

/// The property every input must keep: a message with any frame or none gives its payload, not
/// above the limit, or a refusal with a reason; twice the same; and a good one is read afterwards.
/// Aborts when it does not hold. The first byte chooses how the rest is read, the second how much
/// of it is the header.
void frame_anything(std::string_view input);

/// Inputs that bring every frame once.
std::vector<std::string> frame_seeds();

}  // namespace penstock
