#include <gtest/gtest.h>

#include "formats/tests/decode_anything.h"
#include "formats/tests/mutation.h"

namespace penstock {
namespace {

// The property of tests/fuzz/json_decoder.cc on inputs every build can repeat;
// decode_anything() aborts when it is broken.
TEST(JsonDecoder, AnswersEveryMutatedMessageWithRowsOrOneReject) {
  constexpr int kMutations = 20'000;
  const std::vector<std::string> seeds = seed_messages();
  for (const std::string& seed : seeds) decode_anything(seed);
  std::mt19937_64 random(7);
  for (int count = 0; count < kMutations; ++count) decode_anything(mutate(seeds, random));
}

}  // namespace
}  // namespace penstock
