#include <cstddef>
#include <cstdint>

#include "formats/tests/avro_anything.h"
#include "fuzz/fuzz_seeds.h"

std::vector<std::string> penstock::fuzz_seeds() { return avro_seeds(); }

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  penstock::avro_anything({reinterpret_cast<const char*>(data), size});
  return 0;
}
