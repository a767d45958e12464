#include "engine/pipe_parts.h"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <utility>

#include "clickhouse/create_table.h"
#include "clickhouse/error_table.h"
#include "clickhouse/sink.h"
#include "clickhouse/table.h"
#include "engine/table_maker.h"
#include "formats/json/decoder.h"
#include "kafka/source.h"
#include "model/mapping.h"

namespace penstock {
namespace {

// Of the pipe's memory, so much is lent to the Kafka client for fetched records.
constexpr std::uint64_t kPrefetchShare = 4;

constexpr std::size_t kMostRowsWhileBehind = 1'000'000;

// Unlike any other run's: time and process make it so.
std::string run_id(const std::string& pipe) {
  const auto now = std::chrono::system_clock::now().time_since_epoch().count();
  return pipe + "-" + std::to_string(now) + "-" + std::to_string(getpid());
}

clickhouse::SinkOptions sink_options(const PipeSettings& settings) {
  clickhouse::SinkOptions options{.parallel = settings.insert_threads};
  switch (settings.insert_compression) {
    case InsertCompression::automatic: break;
    case InsertCompression::none: options.compression = clickhouse::Compression::none; break;
    case InsertCompression::lz4: options.compression = clickhouse::Compression::lz4; break;
  }
  options.settings.assign(settings.clickhouse_insert.begin(), settings.clickhouse_insert.end());
  return options;
}

}  // namespace

Result<Mapping> find_mapping(const PipeDocument& document, clickhouse::Client& client) {
  const clickhouse::DestinationSettings& destination = document.destination;
  if (clickhouse::creates_table(destination)) {
    PENSTOCK_OK(clickhouse::execute(client, "CREATE TABLE " + destination.table,
                                    clickhouse::create_table_statement(destination)));
  }
  PENSTOCK_TRY(table, clickhouse::read_table(client, destination.database, destination.table));
  return make_mapping(table, document.field_mappings ? &*document.field_mappings : nullptr);
}

SealRange seal_range(const PipeSettings& settings, std::size_t budget) {
  const SealPolicy usual{.age = settings.streaming_max_insert_wait};
  SealRange range{.steady = usual, .largest = usual};
  const std::size_t share = budget / (settings.insert_threads + 2);
  range.steady.rows = settings.max_insert_rows.value_or(usual.rows);
  range.steady.bytes = settings.max_insert_bytes.value_or(std::min(usual.bytes, share));
  range.largest.rows = settings.max_insert_rows.value_or(kMostRowsWhileBehind);
  range.largest.bytes = settings.max_insert_bytes.value_or(share);
  return range;
}

RecordLimits record_limits(const PipeSettings& settings) {
  return {.max_message_bytes = settings.max_message_bytes, .max_depth = settings.max_depth};
}

kafka::SourceOptions source_options(const PipeDocument& document) {
  const PipeSettings& settings = document.settings;
  return {.pipe = document.name,
          .settings = *document.source.kafka,
          .isolation = settings.kafka_read_committed ? kafka::Isolation::read_committed
                                                     : kafka::Isolation::read_uncommitted,
          .headers = kafka::Headers::keep,
          .prefetch_bytes = settings.memory_limit_bytes / kPrefetchShare,
          .max_message_bytes = settings.max_message_bytes,
          .client = settings.kafka_client};
}

Result<std::unique_ptr<PipeParts>> PipeParts::build(const PipeDocument& document,
                                                    bool until_caught_up) {
  const PipeSettings& settings = document.settings;
  const clickhouse::DestinationSettings& destination = document.destination;
  PENSTOCK_TRY(client, clickhouse::Client::make(clickhouse::client_settings(destination)));
  PENSTOCK_TRY(mapping, find_mapping(document, *client));

  const std::uint64_t prefetch = settings.memory_limit_bytes / kPrefetchShare;
  auto parts = std::make_unique<PipeParts>(settings.memory_limit_bytes - prefetch);
  parts->seal = seal_range(settings, settings.memory_limit_bytes - prefetch);
  const std::string run = run_id(document.name);
  parts->open = std::make_unique<OpenBlock>(mapping.layout, run, parts->budget);
  const auto errors = clickhouse::error_table_layout(destination);
  parts->dead_letters = std::make_unique<DeadLetters>(errors, document.name, document.name,
                                                      run + "/errors", parts->budget);

  kafka::SourceOptions source = source_options(document);
  source.until = until_caught_up ? kafka::Until::caught_up : kafka::Until::stopped;
  parts->summary = "reads " + source.settings.topics + " at " + source.settings.brokers +
                   ", writes " + destination.database + "." + destination.table + " at " +
                   destination.url;
  // Error rows keep the headers too, so they are read even when no column wants them.
  PENSTOCK_TRY(made_source, kafka::make_source(std::move(source)));
  parts->source = std::move(made_source);

  PENSTOCK_TRY(decoder, make_json_decoder(std::move(mapping), record_limits(settings)));
  parts->decoder = std::move(decoder);

  PENSTOCK_TRY(sink, clickhouse::make_sink(destination, sink_options(settings)));
  parts->sink = std::make_unique<TableMaker>(
      std::move(sink), std::move(client),
      TableMaker::Statements{{errors->table, {clickhouse::create_error_table_statement(*errors)}}});
  return parts;
}

}  // namespace penstock
