// JSON messages into columns, one core, no broker and no server. Before anything is timed
// the rows of the fast path are compared with those of the plain path, and on the web event
// with what they have been since this benchmark exists.

#include <string>

#include "formats/json/decoder.h"
#include "micro/decoding.h"

namespace {

using namespace penstock;

constexpr std::uint64_t kHashOfWebEvents = 2214617202361075544u;

void decode(benchmark::State& state, const std::string& kind, JsonPath path) {
  const bench::EventSet events = bench::make_events(kind, bench::kJsonBytes);
  const auto decoder = bench::must(make_json_decoder(events.mapping, {}, path));
  const auto reference = bench::must(make_json_decoder(events.mapping, {}, JsonPath::plain));
  const std::uint64_t hash = bench::hash_of_rows(events, *reference);
  if (kind == "web" && hash != kHashOfWebEvents) {
    std::cerr << "the rows of web are not what they have always been: hash " << hash << "\n";
    std::exit(1);
  }
  bench::time_decoding(state, events, *decoder, hash);
}

BENCHMARK_CAPTURE(decode, web_fast, "web", JsonPath::fast)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(decode, web_plain, "web", JsonPath::plain)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(decode, order_fast, "order", JsonPath::fast)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(decode, order_plain, "order", JsonPath::plain)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(decode, wide_fast, "wide", JsonPath::fast)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(decode, wide_plain, "wide", JsonPath::plain)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
