// A decoded block into what travels: the Native layout alone, and the request body made
// from it, plain or as one LZ4 frame. What the bodies give is compared with the pieces
// before anything is timed.

#include <benchmark/benchmark.h>
#include <lz4frame.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

#include "clickhouse/body.h"
#include "clickhouse/insert_statement.h"
#include "clickhouse/native_writer.h"
#include "event_set.h"
#include "formats/json/decoder.h"

namespace {

using namespace penstock;
using clickhouse::Encoding;

constexpr std::size_t kBytes = 26'000'000;  // about 100,000 web events: one block

[[noreturn]] void give_up(const std::string& why) {
  std::cerr << why << "\n";
  std::exit(1);
}

Block decoded(const bench::EventSet& events) {
  const auto decoder = bench::must(make_json_decoder(events.mapping, {}));
  Block block = bench::must(Block::make(events.mapping.layout));
  std::vector<Reject> rejects;
  if (!decoder->decode(events.batch, block, rejects).ok() || !rejects.empty()) {
    give_up("the messages do not decode");
  }
  return block;
}

std::vector<std::byte> all_of(http::Body& body) {
  std::vector<std::byte> all;
  std::vector<std::byte> part(64u << 10);
  while (const auto count = body.read(part)) {
    if (*count == 0) return all;
    all.insert(all.end(), part.begin(), part.begin() + static_cast<std::ptrdiff_t>(*count));
  }
  give_up("a body cannot be made");
}

std::vector<std::byte> unpacked(const std::vector<std::byte>& frame, std::size_t size) {
  std::vector<std::byte> all(size);
  LZ4F_dctx* context = nullptr;
  LZ4F_createDecompressionContext(&context, LZ4F_VERSION);
  std::size_t read = frame.size();
  const std::size_t left =
      LZ4F_decompress(context, all.data(), &size, frame.data(), &read, nullptr);
  LZ4F_freeDecompressionContext(context);
  if (left != 0 || size != all.size()) give_up("an LZ4 frame does not unpack");
  return all;
}

void check(const NativeOutput& native) {
  std::vector<std::byte> expected;
  for (const Bytes piece : native.pieces()) {
    expected.insert(expected.end(), piece.begin(), piece.end());
  }
  const auto plain = clickhouse::make_body(native.pieces(), Encoding::identity);
  const auto lz4 = clickhouse::make_body(native.pieces(), Encoding::lz4);
  const bool same = all_of(*plain) == expected && unpacked(all_of(*lz4), native.size()) == expected;
  if (!same) give_up("a body is not what the pieces are");
}

void write_block(benchmark::State& state, const std::string& kind) {
  const bench::EventSet events = bench::make_events(kind, kBytes);
  const Block block = decoded(events);
  const clickhouse::InsertPlan plan = clickhouse::plan_insert(block);
  NativeOutput native;
  clickhouse::write_native(block, plan, native);
  check(native);
  for (auto _ : state) {
    native.clear();
    clickhouse::write_native(block, plan, native);
    benchmark::DoNotOptimize(native.pieces().data());
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations() * block.rows()));
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * native.size()));
}

void make_body(benchmark::State& state, const std::string& kind, Encoding encoding) {
  const bench::EventSet events = bench::make_events(kind, kBytes);
  const Block block = decoded(events);
  NativeOutput native;
  clickhouse::write_native(block, clickhouse::plan_insert(block), native);
  check(native);
  std::vector<std::byte> part(64u << 10);
  std::size_t sent = 0;
  for (auto _ : state) {
    const auto body = clickhouse::make_body(native.pieces(), encoding);
    sent = 0;
    while (const std::size_t count = body->read(part).value_or(0)) sent += count;
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations() * block.rows()));
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * native.size()));
  state.counters["sent_per_row"] = static_cast<double>(sent) / static_cast<double>(block.rows());
}

BENCHMARK_CAPTURE(write_block, web, "web")->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(make_body, web_plain, "web", Encoding::identity)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(make_body, web_lz4, "web", Encoding::lz4)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(make_body, order_plain, "order", Encoding::identity)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(make_body, order_lz4, "order", Encoding::lz4)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
