#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace penstock {

/// Messages that bring every type and every kind of trouble once.
std::vector<std::string> seed_messages();

/// A seed with a few random edits: bytes flipped, cut out, doubled, or a piece
/// of another seed put in. The same numbers for the same `random` everywhere.
std::string mutate(const std::vector<std::string>& seeds, std::mt19937_64& random);

}  // namespace penstock
