#include "engine/sampler.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "clickhouse/described_table.h"
#include "clickhouse/sink.h"
#include "clickhouse/table.h"
#include "engine/decoders.h"
#include "engine/pipe_parts.h"
#include "engine/schemas.h"
#include "kafka/source.h"

namespace penstock {
namespace {

using namespace std::chrono_literals;

constexpr auto kPollWait = 100ms;
constexpr auto kCloseLimit = 2000ms;

Result<Table> known_table(const clickhouse::DestinationSettings& destination) {
  if (clickhouse::creates_table(destination)) return clickhouse::described_table(destination);
  PENSTOCK_TRY(client, clickhouse::Client::make(clickhouse::client_settings(destination)));
  return clickhouse::read_table(*client, destination.database, destination.table);
}

Status read_rows(Source<RecordBatch>& source, Decoder& decoder, std::size_t rows, Sample& sample,
                 const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    const std::size_t seen = sample.rows.rows() + sample.rejects.size();
    if (seen >= rows) return done();
    PENSTOCK_TRY(polled, source.poll({.records = rows - seen, .wait = kPollWait}));
    for (const RecordBatch& batch : polled.payloads) {
      std::vector<Reject> rejects;
      PENSTOCK_OK(decoder.decode(batch, sample.rows, rejects));
      for (const Reject& reject : rejects) {
        sample.rejects.push_back({std::string(batch.topic), batch.partition,
                                  batch.offsets[reject.record], reject.detail});
      }
    }
    if (polled.payloads.empty() && polled.caught_up) return done();
  }
  return done();
}

}  // namespace

Result<Sample> take_sample(const PipeDocument& document, std::size_t rows,
                           const std::stop_token& stop) {
  PENSTOCK_TRY(table, known_table(document.destination));
  PENSTOCK_TRY(mapping, map_table(document, table));
  PENSTOCK_TRY(block, Block::make(mapping.layout));
  kafka::SourceOptions options = source_options(document);
  PENSTOCK_TRY(schemas, make_schema_source(options.settings));
  PENSTOCK_TRY(decoder, make_decoder(document, std::move(mapping), std::move(schemas)));
  options.footprint = kafka::Footprint::onlooker;
  options.until = kafka::Until::caught_up;
  PENSTOCK_TRY(source, kafka::make_source(std::move(options)));
  PENSTOCK_OK(source->open());

  Sample sample{.rows = std::move(block)};
  Status outcome = read_rows(*source, *decoder, rows, sample, stop);
  const Status closed = source->close(kCloseLimit);
  if (!outcome.ok()) return std::move(outcome).error();
  if (!closed.ok()) return closed.error();
  return sample;
}

}  // namespace penstock
