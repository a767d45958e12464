#include <cstddef>
#include <cstdint>

#include "formats/tests/decode_anything.h"
#include "formats/tests/mutation.h"
#include "fuzz/fuzz_seeds.h"

std::vector<std::string> penstock::fuzz_seeds() { return seed_messages(); }

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  penstock::decode_anything({reinterpret_cast<const char*>(data), size});
  return 0;
}
