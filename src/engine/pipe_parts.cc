#include "engine/pipe_parts.h"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <thread>
#include <utility>

#include "clickhouse/create_table.h"
#include "clickhouse/described_table.h"
#include "clickhouse/error_table.h"
#include "clickhouse/range_rows.h"
#include "clickhouse/sink.h"
#include "clickhouse/table.h"
#include "engine/decoders.h"
#include "engine/table_maker.h"
#include "engine/tombstones.h"
#include "kafka/source.h"
#include "model/mapping.h"

namespace penstock {
namespace {

// Of the pipe's memory, so much is lent to the Kafka client for fetched records.
constexpr std::uint64_t kPrefetchShare = 4;
// And so much is for what nobody counts: holes between small columns, responses being unpacked.
constexpr std::uint64_t kUncountedShare = 8;

constexpr std::size_t kMostRowsWhileBehind = 1'000'000;

// Less than this is not worth a lane of its own, unless the document wants it.
constexpr std::uint64_t kMemoryPerLane = 48u << 20;
constexpr std::chrono::milliseconds kLookLimit{1000};

// Unlike any other run's: time and process make it so.
std::string run_id(const std::string& pipe) {
  const auto now = std::chrono::system_clock::now().time_since_epoch().count();
  return pipe + "-" + std::to_string(now) + "-" + std::to_string(getpid());
}

}  // namespace

clickhouse::UrlSettings insert_settings(const PipeSettings& settings) {
  return {settings.clickhouse_insert.begin(), settings.clickhouse_insert.end()};
}

clickhouse::SinkOptions sink_options(const PipeSettings& settings,
                                     const clickhouse::DeliveryGuarantee& guarantee) {
  clickhouse::SinkOptions options{.parallel = settings.insert_threads};
  switch (settings.insert_compression) {
    case InsertCompression::automatic: break;
    case InsertCompression::none: options.compression = clickhouse::Compression::none; break;
    case InsertCompression::lz4: options.compression = clickhouse::Compression::lz4; break;
  }
  auto merged = settings.clickhouse_insert;
  for (const auto& [name, value] : guarantee.insert_settings) merged.insert_or_assign(name, value);
  options.settings.assign(merged.begin(), merged.end());
  return options;
}

Result<Table> find_table(const PipeDocument& document, clickhouse::Client& client) {
  const clickhouse::DestinationSettings& destination = document.destination;
  if (clickhouse::creates_table(destination)) {
    PENSTOCK_OK(clickhouse::execute(client, "CREATE TABLE " + destination.table,
                                    clickhouse::create_table_statement(destination)));
  }
  return clickhouse::read_table(client, destination.database, destination.table);
}

namespace {

/// Pairs the columns we may write with the fields of messages.
Result<Mapping> map_columns(const PipeDocument& document, Table ours) {
  const clickhouse::DestinationSettings& destination = document.destination;
  const auto* fields = document.field_mappings ? &*document.field_mappings : nullptr;
  const auto& named = destination.columns;
  if (fields == nullptr && !named.empty() && !clickhouse::creates_table(destination)) {
    std::erase_if(ours.columns, [&named](const TableColumn& column) {
      return std::ranges::find(named, column.name, &clickhouse::ColumnSettings::name) ==
             named.end();
    });
  }
  return make_mapping(ours, fields, tombstones_of(*document.source.kafka));
}

}  // namespace

Result<Mapping> map_table(const PipeDocument& document, const Table& table) {
  Table ours = table;
  const bool is_utc = table.time_zone.empty() || table.time_zone.ends_with("UTC");
  if (!is_utc) {
    for (TableColumn& column : ours.columns) {
      column.type = in_time_zone(std::move(column.type), table.time_zone);
    }
  }
  PENSTOCK_TRY(mapping, map_columns(document, std::move(ours)));
  PENSTOCK_OK(check_tombstones(*document.source.kafka, mapping));
  return mapping;
}

SealRange seal_range(const PipeSettings& settings, std::size_t budget, std::size_t lanes) {
  const SealPolicy usual{.age = settings.streaming_max_insert_wait};
  SealRange range{.steady = usual, .largest = usual};
  const std::size_t share = budget / (lanes + settings.insert_threads + 1);
  range.steady.rows = settings.max_insert_rows.value_or(usual.rows);
  range.steady.bytes = settings.max_insert_bytes.value_or(std::min(usual.bytes, share));
  range.largest.rows = settings.max_insert_rows.value_or(kMostRowsWhileBehind);
  range.largest.bytes = settings.max_insert_bytes.value_or(share);
  return range;
}

std::size_t count_lanes(const PipeSettings& settings, std::size_t logs, std::size_t cores) {
  const std::uint64_t usual = std::min<std::uint64_t>(
      {cores > 1 ? cores - 1 : 1, settings.memory_limit_bytes / kMemoryPerLane, kMostLanes});
  const std::uint64_t wanted = settings.lanes.value_or(static_cast<std::uint32_t>(usual));
  return std::max<std::size_t>(1, std::min<std::size_t>(wanted, logs));
}

Result<bool> choose_exactly_once(const PipeDocument& document,
                                 const clickhouse::DeliveryGuarantee& guarantee) {
  const std::optional<bool>& wish = document.source.kafka->exactly_once;
  if (!wish || !*wish || guarantee.exactly_once) return wish.value_or(guarantee.exactly_once);
  return Error{.fault = Fault::user,
               .recovery = Recovery::stop,
               .code = "engine.exactly_once",
               .message = "source.kafka.exactlyOnce is true, but " + guarantee.because};
}

kafka::SourceOptions source_options(const PipeDocument& document) {
  const PipeSettings& settings = document.settings;
  return {.pipe = document.name,
          .settings = *document.source.kafka,
          .isolation = settings.kafka_read_committed ? kafka::Isolation::read_committed
                                                     : kafka::Isolation::read_uncommitted,
          .on_data_loss = settings.on_data_loss,
          .prefetch_bytes = settings.memory_limit_bytes / kPrefetchShare,
          .max_message_bytes = settings.max_message_bytes,
          .client = settings.kafka_client};
}

namespace {

Result<std::size_t> lanes_for(const PipeDocument& document) {
  constexpr std::size_t kAnyNumber = kMostLanes;
  const std::size_t cores = std::thread::hardware_concurrency();
  if (count_lanes(document.settings, kAnyNumber, cores) == 1) return 1;
  kafka::SourceOptions look = source_options(document);
  look.footprint = kafka::Footprint::onlooker;
  PENSTOCK_TRY(source, kafka::make_source(std::move(look)));
  PENSTOCK_OK(source->open());
  const std::size_t logs = source->progress().logs;
  (void)source->close(kLookLimit);
  return count_lanes(document.settings, logs, cores);
}

Result<std::unique_ptr<TableWatch>> watch_table(const PipeDocument& document,
                                                std::shared_ptr<SchemaSource> schemas, Table table,
                                                const Mapping& mapping) {
  const clickhouse::DestinationSettings& destination = document.destination;
  PENSTOCK_TRY(made, clickhouse::Client::make(clickhouse::client_settings(destination)));
  const std::shared_ptr<clickhouse::Client> client = std::move(made);
  TableWatch::Doors doors{
      .read_table =
          [&destination, client] {
            return clickhouse::read_table(*client, destination.database, destination.table);
          },
      .map = [&document](const Table& found) { return map_table(document, found); },
      .make_decoder =
          [&document, schemas = std::move(schemas)](Mapping fresh) {
            return make_decoder(document, std::move(fresh), schemas);
          },
      .abandon = [client] { client->abandon(); }};
  return std::make_unique<TableWatch>(std::move(table), mapping, std::move(doors));
}

Result<std::unique_ptr<ExpiredNames>> make_expired_names(
    const PipeDocument& document, const clickhouse::Destination& found, const Mapping& mapping,
    std::shared_ptr<const BlockLayout> errors_layout) {
  ExpiredNames::Parts parts{.policy = document.settings.on_expired_token,
                            .window = found.guarantee.window,
                            .why_not_asked = found.guarantee.why_not_asked,
                            .rows = nullptr,
                            .errors = nullptr,
                            .errors_layout = std::move(errors_layout)};
  if (parts.why_not_asked.empty()) {
    const clickhouse::DestinationSettings& to = document.destination;
    PENSTOCK_TRY(rows, make_range_rows(to, clickhouse::asked_table(found, mapping)));
    parts.rows = std::move(rows);
    PENSTOCK_TRY(errors,
                 make_range_rows(to, clickhouse::asked_error_table(found, to, document.name)));
    parts.errors = std::move(errors);
  }
  return std::make_unique<ExpiredNames>(std::move(parts));
}

}  // namespace

PipeParts::PipeParts(const std::string& pipe, std::size_t memory_limit)
    : budget(memory_limit, nullptr), run(run_id(pipe)), dead_letters(pipe, pipe) {}

Result<std::unique_ptr<PipeParts>> PipeParts::build(const PipeDocument& document,
                                                    const std::shared_ptr<SchemaSource>& schemas,
                                                    bool until_caught_up) {
  const PipeSettings& settings = document.settings;
  const clickhouse::DestinationSettings& destination = document.destination;
  PENSTOCK_TRY(client, clickhouse::Client::make(clickhouse::client_settings(destination)));
  PENSTOCK_TRY(table, find_table(document, *client));
  PENSTOCK_TRY(mapping, map_table(document, table));
  PENSTOCK_TRY(found, clickhouse::find_destination(*client, destination, mapping,
                                                   insert_settings(settings), true));
  PENSTOCK_TRY(exactly_once, choose_exactly_once(document, found.guarantee));
  PENSTOCK_TRY(lanes, lanes_for(document));

  kafka::SourceOptions source = source_options(document);
  source.until = until_caught_up ? kafka::Until::caught_up : kafka::Until::stopped;
  const std::size_t blocks = settings.memory_limit_bytes - source.prefetch_bytes -
                             settings.memory_limit_bytes / kUncountedShare;
  source.prefetch_bytes /= lanes;

  auto parts = std::make_unique<PipeParts>(document.name, blocks);
  parts->seal = seal_range(settings, blocks, lanes);
  parts->reject_limit = {.share = settings.max_rejected_share,
                         .window = settings.rejected_share_window};
  parts->differences = clickhouse::differences(destination, table);
  PENSTOCK_TRY(watch, watch_table(document, schemas, std::move(table), mapping));
  parts->table = std::move(watch);
  parts->exactly_once = exactly_once;
  const auto errors = clickhouse::error_table_layout(destination);
  const Sharing sharing = exactly_once ? Sharing::one_per_log : Sharing::one_for_all;
  for (std::size_t number = 0; number < lanes; ++number) {
    auto lane = std::make_unique<PipeLane>(blocks / lanes, parts->budget);
    lane->open = std::make_unique<OpenRanges>(mapping.layout, errors, lane->budget, sharing);
    PENSTOCK_TRY(made_source, kafka::make_source(source));
    lane->source = std::move(made_source);
    PENSTOCK_TRY(decoder, make_decoder(document, mapping, schemas));
    lane->decoder = std::move(decoder);
    parts->lanes.push_back(std::move(lane));
  }

  const std::string cluster =
      destination.table_definition ? destination.table_definition->on_cluster : "";
  PENSTOCK_TRY(sink, clickhouse::make_sink(destination, sink_options(settings, found.guarantee)));
  parts->sink = std::make_unique<TableMaker>(
      std::move(sink), std::move(client),
      TableMaker::Statements{
          {errors->table, {clickhouse::create_error_table_statement(*errors, cluster)}}});
  if (exactly_once) {
    PENSTOCK_TRY(names, make_expired_names(document, found, mapping, errors));
    parts->expired_names = std::move(names);
  }
  parts->destination = std::move(found);
  parts->summary = "reads " + source.settings.topics + " at " + source.settings.brokers +
                   ", writes " + destination.database + "." + destination.table + " at " +
                   destination.url + ", lanes: " + std::to_string(lanes) +
                   ", exactly_once: " + (exactly_once ? "on" : "off");
  return parts;
}

}  // namespace penstock
