// Avro messages into columns, one core, no broker and no server: the events of the JSON
// benchmark. Before anything is timed the rows are compared with those made of the JSON.

#include <memory>
#include <string>

#include "formats/avro/decoder.h"
#include "formats/tests/fixed_schema.h"
#include "micro/decoding.h"

namespace {

using namespace penstock;

void decode(benchmark::State& state, const std::string& kind) {
  constexpr auto kFormat = produce::MessageFormat::avro;
  const bench::EventSet events = bench::make_events(kind, bench::json_bytes(), kFormat);
  const auto schema = std::make_shared<FixedSchema>(
      RegisteredSchema{.type = SchemaType::avro,
                       .text = std::string(produce::schema_of(kFormat, kind)),
                       .imports = {}});
  const auto decoder = bench::must(make_avro_decoder(events.mapping, {}, {.schemas = schema}));
  bench::time_decoding(state, events, *decoder, bench::hash_by_json(kind));
}

BENCHMARK_CAPTURE(decode, web_avro, "web")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(decode, order_avro, "order")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(decode, long_order_avro, "long_order")->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
