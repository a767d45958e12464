#include "micro/decoding.h"

#include <vector>

#include "formats/json/decoder.h"

namespace penstock::bench {
namespace {

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

std::uint64_t decode_once(const EventSet& events, Decoder& decoder, Block& block) {
  std::vector<Reject> rejects;
  const Status decoded = decoder.decode(events.batch, block, rejects);
  if (decoded.ok() && block.rows() == events.texts.size()) return hash_of(block);
  std::cerr << block.rows() << " rows of " << events.texts.size() << "; "
            << (rejects.empty() ? "" : rejects.front().detail) << "\n";
  std::exit(1);
}

}  // namespace

std::size_t json_bytes() {
  const char* const said = std::getenv("PENSTOCK_BENCH_JSON_BYTES");
  return said == nullptr ? kJsonBytes : std::stoul(said);
}

std::uint64_t hash_of_rows(const EventSet& events, Decoder& decoder) {
  Block block = must(Block::make(events.mapping.layout));
  return decode_once(events, decoder, block);
}

std::uint64_t hash_by_json(const std::string& kind) {
  const EventSet events = make_events(kind, json_bytes());
  const auto decoder = must(make_json_decoder(events.mapping, {}));
  return hash_of_rows(events, *decoder);
}

void time_decoding(benchmark::State& state, const EventSet& events, Decoder& decoder,
                   std::uint64_t hash) {
  Block block = must(Block::make(events.mapping.layout));
  if (const std::uint64_t found = decode_once(events, decoder, block); found != hash) {
    std::cerr << "the rows are not what they must be: hash " << found << " for " << hash << "\n";
    std::exit(1);
  }
  std::vector<Reject> rejects;
  for (auto _ : state) {
    block.clear();
    (void)decoder.decode(events.batch, block, rejects);
  }
  const auto runs = static_cast<std::int64_t>(state.iterations());
  state.SetItemsProcessed(runs * static_cast<std::int64_t>(events.texts.size()));
  state.SetBytesProcessed(runs * static_cast<std::int64_t>(events.bytes));
}

}  // namespace penstock::bench
