#include <gtest/gtest.h>

#include "formats/tests/mutation.h"
#include "formats/tests/protobuf_anything.h"

namespace penstock {
namespace {

// The property of tests/fuzz/protobuf_decoder.cc on inputs every build can repeat;
// protobuf_anything() aborts when it is broken.
TEST(ProtobufDecoder, ReadsJoinedAndMutatedMessagesAsProtobufsLibraryDoes) {
  constexpr int kMutations = 20'000;
  const std::vector<std::string> seeds = protobuf_seeds();
  for (const std::string& seed : seeds) {
    for (const std::string& other : seeds) protobuf_anything(seed + other);
    for (std::size_t size = 0; size < seed.size(); ++size) protobuf_anything(seed.substr(0, size));
  }
  std::mt19937_64 random(7);
  for (int count = 0; count < kMutations; ++count) {
    std::string message;
    for (auto parts = random() % 4; parts > 0; --parts) message += seeds[random() % seeds.size()];
    protobuf_anything(random() % 2 == 0 ? message : mutate({message}, random));
  }
}

}  // namespace
}  // namespace penstock
