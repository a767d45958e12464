#include <gtest/gtest.h>

#include "engine/tests/document_anything.h"
#include "model/tests/mutated_text.h"

namespace penstock {
namespace {

// The property of tests/fuzz/pipe_document.cc on inputs every build can repeat.
TEST(PipeDocument, KeepsItsPromisesForEveryMutatedDocument) {
  constexpr int kMutations = 300;  // of each seed
  MutatedText mutated("{}[]:,-&*!|>%@`'\"#?\n\t \\$0a\x80");
  for (const std::string& seed : document_seeds()) {
    document_anything(seed);
    for (int count = 0; count < kMutations; ++count) {
      std::string input = seed;
      for (std::size_t rounds = mutated.below(3) + 1; rounds > 0; --rounds) {
        input = mutated.of(std::move(input));
      }
      document_anything(input);
    }
  }
}

TEST(PipeDocument, RefusesWhatIsNestedWithoutEnd) {
  document_anything("0" + std::string(100'000, '['));
  document_anything("1" + std::string(100'000, '['));
  std::string keys = "0";
  for (int depth = 0; depth < 2'000; ++depth)
    keys += std::string(static_cast<std::size_t>(depth), ' ') + "a:\n";
  document_anything(keys);
}

}  // namespace
}  // namespace penstock
