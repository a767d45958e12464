#include <gtest/gtest.h>

#include "formats/tests/avro_anything.h"
#include "formats/tests/mutation.h"

namespace penstock {
namespace {

// The property of tests/fuzz/avro_decoder.cc on inputs every build can repeat;
// avro_anything() aborts when it is broken.
TEST(AvroDecoder, KeepsItsPromisesForMutatedSchemasAndMessages) {
  constexpr int kMutations = 10'000;
  const std::vector<std::string> seeds = avro_seeds();
  for (const std::string& seed : seeds) avro_anything(seed);
  for (std::size_t size = 0; size < seeds.front().size(); ++size) {
    avro_anything(seeds.front().substr(0, size));
  }
  std::mt19937_64 random(13);
  for (int count = 0; count < kMutations; ++count) avro_anything(mutate(seeds, random));
}

}  // namespace
}  // namespace penstock
