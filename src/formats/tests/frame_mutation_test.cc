#include <gtest/gtest.h>

#include "formats/tests/frame_anything.h"
#include "formats/tests/mutation.h"

namespace penstock {
namespace {

// The property of tests/fuzz/schema_frame.cc on inputs every build can repeat.
TEST(FrameReader, KeepsItsPromisesForEveryMutatedFrame) {
  constexpr int kMutations = 50'000;
  const std::vector<std::string> seeds = frame_seeds();
  for (const std::string& seed : seeds) frame_anything(seed);
  std::mt19937_64 random(11);
  for (int count = 0; count < kMutations; ++count) frame_anything(mutate(seeds, random));
}

}  // namespace
}  // namespace penstock
