#include <cstddef>
#include <cstdint>
#include <string_view>

#include "formats/tests/decode_anything.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  penstock::decode_anything({reinterpret_cast<const char*>(data), size});
  return 0;
}
