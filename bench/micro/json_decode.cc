// JSON messages into columns, one core, no broker and no server. Before anything is timed
// the rows of the fast path are compared with those of the plain path, and on the web event
// with what they have been since this benchmark exists.

#include <benchmark/benchmark.h>

#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

#include "event_set.h"
#include "formats/json/decoder.h"

namespace {

using namespace penstock;

constexpr std::size_t kBytes = 26'000'000;  // of each kind about as many: a block of web events
constexpr std::uint64_t kHashOfWebEvents = 2214617202361075544u;

/// FNV-1a over the Native bytes of all columns.
std::uint64_t hash_of(const Block& block) {
  NativeOutput output;
  for (const Slot& slot : block.slots()) {
    slot.column->write_prefix(output);
    slot.column->write_rows(output);
  }
  std::uint64_t hash = 0xCBF29CE484222325u;
  for (const Bytes piece : output.pieces()) {
    for (const std::byte byte : piece) {
      hash = (hash ^ std::to_integer<std::uint64_t>(byte)) * 0x100000001B3u;
    }
  }
  return hash;
}

/// Decodes all messages once, which must give a row each.
std::uint64_t decode_once(const bench::EventSet& events, Decoder& decoder, Block& block) {
  std::vector<Reject> rejects;
  const Status decoded = decoder.decode(events.batch, block, rejects);
  if (decoded.ok() && block.rows() == events.texts.size()) return hash_of(block);
  std::cerr << block.rows() << " rows of " << events.texts.size() << "; "
            << (rejects.empty() ? "" : rejects.front().detail) << "\n";
  std::exit(1);
}

void decode(benchmark::State& state, const std::string& kind, JsonPath path) {
  const bench::EventSet events = bench::make_events(kind, kBytes);
  const auto decoder = bench::must(make_json_decoder(events.mapping, {}, path));
  const auto reference = bench::must(make_json_decoder(events.mapping, {}, JsonPath::plain));
  Block block = bench::must(Block::make(events.mapping.layout));
  Block expected = bench::must(Block::make(events.mapping.layout));
  const std::uint64_t hash = decode_once(events, *decoder, block);
  const bool same = hash == decode_once(events, *reference, expected) &&
                    (kind != "web" || hash == kHashOfWebEvents);
  if (!same) {
    std::cerr << "the rows of " << kind << " are not what they must be: hash " << hash << "\n";
    std::exit(1);
  }

  std::vector<Reject> rejects;
  for (auto _ : state) {
    block.clear();
    (void)decoder->decode(events.batch, block, rejects);
  }
  const auto runs = static_cast<std::int64_t>(state.iterations());
  state.SetItemsProcessed(runs * static_cast<std::int64_t>(events.texts.size()));
  state.SetBytesProcessed(runs * static_cast<std::int64_t>(events.bytes));
}

BENCHMARK_CAPTURE(decode, web_fast, "web", JsonPath::fast)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(decode, web_plain, "web", JsonPath::plain)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(decode, order_fast, "order", JsonPath::fast)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(decode, order_plain, "order", JsonPath::plain)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(decode, wide_fast, "wide", JsonPath::fast)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(decode, wide_plain, "wide", JsonPath::plain)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
