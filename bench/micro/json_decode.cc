// JSON messages into columns: the demo's web event, 11 fields, about 260 bytes.
// Rows are compared with what they must be before anything is timed.

#include <benchmark/benchmark.h>

#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <string>
#include <utility>

#include "formats/json/decoder.h"
#include "model/mapping.h"
#include "produce/event.h"

namespace {

using namespace penstock;

constexpr std::uint64_t kSeed = 1;
constexpr std::size_t kRecords = 10'000;
constexpr std::uint64_t kExpectedHash = 6030678477854289295u;

template <class T>
T must(Result<T> result) {
  if (result.ok()) return std::move(result).value();
  std::cerr << result.error().text() << "\n";
  std::exit(1);
}

Mapping web_events() {
  Table table{.database = "default", .name = "web_events"};
  for (const auto& [name, type] : produce::event_columns()) {
    table.columns.push_back({.name = std::string(name), .type = must(parse_type(type))});
  }
  return must(make_mapping(table, nullptr));
}

/// Owns what the batch borrows.
struct Messages {
  std::vector<std::string> texts;
  RecordBatch batch;
  std::size_t bytes = 0;
};

Messages make_messages() {
  Messages messages;
  messages.texts.reserve(kRecords);
  for (std::size_t id = 0; id < kRecords; ++id) {
    messages.texts.push_back(produce::to_json(produce::make_event(kSeed, id)));
    const std::string& text = messages.texts.back();
    messages.batch.values.push_back(as_bytes(text));
    messages.batch.keys.emplace_back();
    messages.batch.offsets.push_back(static_cast<std::int64_t>(id));
    messages.batch.timestamps_ms.push_back(0);
    messages.bytes += text.size();
  }
  return messages;
}

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

void check(const Block& block, const std::vector<Reject>& rejects) {
  const std::uint64_t hash = hash_of(block);
  if (block.rows() == kRecords && rejects.empty() && hash == kExpectedHash) return;
  std::cerr << block.rows() << " rows, " << rejects.size() << " rejects, hash " << hash
            << "; expected " << kRecords << " rows, hash " << kExpectedHash << "\n";
  std::exit(1);
}

void decode_web_events(benchmark::State& state) {
  const Messages messages = make_messages();
  const Mapping mapping = web_events();
  const auto decoder = must(make_json_decoder(mapping, {}));
  Block block = must(Block::make(mapping.layout));
  std::vector<Reject> rejects;

  (void)must(decoder->decode(messages.batch, block, rejects));
  check(block, rejects);

  for (auto _ : state) {
    block.clear();
    (void)must(decoder->decode(messages.batch, block, rejects));
  }
  const auto runs = static_cast<std::int64_t>(state.iterations());
  state.SetItemsProcessed(runs * static_cast<std::int64_t>(kRecords));
  state.SetBytesProcessed(runs * static_cast<std::int64_t>(messages.bytes));
}

BENCHMARK(decode_web_events)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
