#include <cstddef>
#include <cstdint>
#include <string_view>

#include "fuzz/fuzz_seeds.h"
#include "model/tests/type_round_trip.h"

namespace penstock {
std::vector<std::string> fuzz_seeds() { return type_seeds(); }
}  // namespace penstock

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  penstock::check_type_round_trip({reinterpret_cast<const char*>(data), size});
  return 0;
}
