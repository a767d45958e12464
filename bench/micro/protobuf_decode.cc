// Protobuf messages into columns, one core, no broker and no server: the events of the JSON
// benchmark as a service would write them with Protobuf.

#include <benchmark/benchmark.h>
#include <google/protobuf/util/json_util.h>

#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "event_set.h"
#include "formats/protobuf/decoder.h"
#include "formats/tests/fixed_schema.h"
#include "formats/tests/protobuf_encoder.h"

namespace {

using namespace penstock;

constexpr std::size_t kJsonBytes = 26'000'000;

constexpr const char* kWebSchema = R"(
  syntax = "proto3";
  import "google/protobuf/timestamp.proto";
  message Event {
    uint64 id = 1; google.protobuf.Timestamp ts = 2; string session_id = 3; string user = 4;
    string event = 5; string url = 6; double amount = 7; bool mobile = 8; string ip = 9;
    string country = 10; repeated uint32 tags = 11;
  })";

constexpr const char* kOrderSchema = R"(
  syntax = "proto3";
  import "google/protobuf/timestamp.proto";
  message Os { string name = 1; string version = 2; }
  message Screen { uint32 width = 1; uint32 height = 2; }
  message Device { string name = 1; Os os = 2; Screen screen = 3; }
  message Order {
    uint64 id = 1; google.protobuf.Timestamp ts = 2; string status = 3; string channel = 4;
    string currency = 5; string customer = 6; string total = 7; optional string coupon = 8;
    string address = 9; string note = 10; string agent = 11; Device device = 12;
    map<string, string> attributes = 13; repeated double readings = 14;
  })";

/// JSON as Protobuf spells it: "2026-01-02 03:04:05.678" needs its T and Z, and the total is a
/// text, for no binary number says it exactly.
std::string as_protobufs_json(std::string json) {
  const std::size_t time = json.find("\"ts\":\"") + 6;
  json[time + 10] = 'T';
  json.insert(json.find('"', time), "Z");
  constexpr std::string_view kTotal = "\"total\":";
  if (const std::size_t total = json.find(kTotal); total != std::string::npos) {
    json.insert(total + kTotal.size(), "\"");
    json.insert(json.find(',', total), "\"");
  }
  return json;
}

struct Messages {
  Messages(const std::string& kind, const std::string& schema)
      : events(bench::make_events(kind, kJsonBytes)) {
    ProtobufEncoder library(schema);
    const auto message = library.make(kind == "web" ? "Event" : "Order");
    events.bytes = 0;
    events.batch.values.clear();
    for (std::string& text : events.texts) {
      message->Clear();
      const auto read =
          google::protobuf::util::JsonStringToMessage(as_protobufs_json(text), message.get());
      if (!read.ok()) {
        std::cerr << read.ToString() << ": " << text << "\n";
        std::exit(1);
      }
      text = message->SerializeAsString();
      events.bytes += text.size();
    }
    for (const std::string& text : events.texts) events.batch.values.push_back(as_bytes(text));
  }

  bench::EventSet events;
};

void decode(benchmark::State& state, const std::string& kind, const std::string& schema) {
  const Messages messages(kind, schema);
  const bench::EventSet& events = messages.events;
  const auto source = std::make_shared<FixedSchema>(
      RegisteredSchema{.type = SchemaType::protobuf, .text = schema, .imports = {}});
  const auto decoder = bench::must(make_protobuf_decoder(
      events.mapping, {}, {.schemas = source, .message = kind == "web" ? "Event" : "Order"}));
  Block block = bench::must(Block::make(events.mapping.layout));
  std::vector<Reject> rejects;
  for (auto _ : state) {
    block.clear();
    (void)decoder->decode(events.batch, block, rejects);
  }
  if (block.rows() != events.texts.size()) {
    std::cerr << block.rows() << " rows of " << events.texts.size() << "; "
              << (rejects.empty() ? "" : rejects.front().detail) << "\n";
    std::exit(1);
  }
  const auto runs = static_cast<std::int64_t>(state.iterations());
  state.SetItemsProcessed(runs * static_cast<std::int64_t>(events.texts.size()));
  state.SetBytesProcessed(runs * static_cast<std::int64_t>(events.bytes));
}

BENCHMARK_CAPTURE(decode, web_protobuf, "web", kWebSchema)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(decode, order_protobuf, "order", kOrderSchema)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
