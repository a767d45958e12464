#pragma once

#include <benchmark/benchmark.h>

#include <cstdint>
#include <string>

#include "contract/decoder.h"
#include "event_set.h"

namespace penstock::bench {

/// Decodes all messages into a new block, which must give a row each, or ends the program.
/// FNV-1a over the Native bytes of all columns.
std::uint64_t hash_of_rows(const EventSet& events, Decoder& decoder);

/// The same of json_bytes() of the events in JSON, by the path that a lane takes.
std::uint64_t hash_by_json(const std::string& kind);

/// Ends the program unless the rows have this hash. Then the clock runs: a block that is warm,
/// filled again and again.
void time_decoding(benchmark::State& state, const EventSet& events, Decoder& decoder,
                   std::uint64_t hash);

inline constexpr std::size_t kJsonBytes = 26'000'000;  // of each kind: a block of web events

/// kJsonBytes, or what PENSTOCK_BENCH_JSON_BYTES says: fewer do to count instructions.
std::size_t json_bytes();

}  // namespace penstock::bench
