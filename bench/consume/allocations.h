#pragma once

#include <cstdint>

namespace penstock::bench {

/// How often the calling thread has asked for memory from C++. librdkafka, which is C,
/// takes its own with malloc and is not in this number.
std::uint64_t allocations_of_thread();

}  // namespace penstock::bench
