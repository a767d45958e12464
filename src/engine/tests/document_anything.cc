#include "engine/tests/document_anything.h"

#include "base/check.h"
#include "clickhouse/create_table.h"
#include "clickhouse/described_table.h"
#include "engine/pipe_document.h"

namespace penstock {
namespace {

std::optional<std::string> some_variables(std::string_view name) {
  if (name.size() % 2 == 0) return std::nullopt;
  return std::string(name);
}

void check_pipe(const PipeDocument& pipe) {
  PENSTOCK_CHECK(!pipe.name.empty() && pipe.source.kafka, "a valid pipe has a name and a source");
  const auto table = clickhouse::described_table(pipe.destination);
  PENSTOCK_CHECK(table.ok(), "a valid pipe's columns have types");
  PENSTOCK_CHECK(clickhouse::differences({.table = "t"}, table.value()).empty(),
                 "a document that says nothing differs in nothing");
  if (!clickhouse::creates_table(pipe.destination)) return;
  const std::string statement = clickhouse::create_table_statement(pipe.destination);
  PENSTOCK_CHECK(statement.starts_with("CREATE TABLE IF NOT EXISTS `"), "it can be made");
}

}  // namespace

void document_anything(std::string_view input) {
  if (input.empty()) return;
  const std::string path = (input.front() & 1) != 0 ? "p.json" : "p.yaml";
  input.remove_prefix(1);
  const PipeFile file = parse_pipe_file(path, input, some_variables);
  for (const spec::Problem& problem : file.problems) {
    PENSTOCK_CHECK(!problem.message.empty(), "a problem says what is wrong");
  }
  if (file.problems.empty()) {
    for (const PipeDocument& pipe : file.pipes) check_pipe(pipe);
  }
  const PipeFile again = parse_pipe_file(path, input, some_variables);
  PENSTOCK_CHECK(
      spec::problems_text(again.problems, path) == spec::problems_text(file.problems, path),
      "the same bytes have the same problems");
}

std::vector<std::string> document_seeds() {
  return {
      R"yaml(0# every kind of setting once
name: orders
source:
  kafka:
    type: kafka
    format: JSONEachRow
    brokers: SASL_SSL://broker-1:9092,SASL_SSL://[::1]:9093
    topics: orders, orders.eu
    consumerGroup: group
    offset: {strategy: from_timestamp, timestamp: "2021-01-01T00:00"}
    authentication: SCRAM-SHA-512
    credentials: {username: me, password: "${SECRET}"}
    schemaRegistry: {url: "https://r:8081", credentials: {username: a, password: b}}
destination:
  url: https://clickhouse.example.com:8443
  user: loader
  database: shop
  table: orders
  managedTable: true
  tableDefinition:
    engine: {type: ReplacingMergeTree, versionColumnId: version, isDeletedColumnId: gone}
    sortingKey: [id, "lower(name)"]
    partitionBy: toYYYYMM(at)
    ttl: at + INTERVAL 30 DAY
    onCluster: main
    settings: {index_granularity: 1024}
  columns:
    - &id {name: id, type: UInt64, codec: "Delta, ZSTD(1)", comment: "it's"}
    - {name: version, type: UInt32, default: "1"}
    - {name: gone, type: UInt8}
    - {name: at, type: "DateTime64(3, 'Europe/Berlin')", materialized: now()}
    - {name: tags, type: "Map(LowCardinality(String), Array(Nullable(Decimal(9, 2))))"}
fieldMappings:
  - {sourceField: order.id, destinationField: id}
  - {sourceField: _offset, destinationField: version}
settings:
  streaming_max_insert_wait_ms: 5s
  max_insert_bytes: 32MiB
  kafka.fetch.max.bytes: 1000000
scaling: {replicas: 1, replicaMemoryGb: 0.5}
---
name: second
source: {kafka: {format: JSONEachRow, brokers: b, topics: t}}
destination: {table: t, columns: [{name: a, type: String}]}
)yaml",
      R"json(1{"name": "p", "source": {"kafka": {"format": "JSONEachRow", "brokers": "b:1",
  "topics": "t", "offset": null}}, "destination": {"table": "t", "managedTable": false,
  "tableDefinition": {"engine": {"type": "MergeTree"}, "sortingKey": []},
  "columns": [{"name": "a\u0000\ud83d\ude00", "type": "Tuple(a UInt8, `b c` Enum8('x' = 1))"}]},
  "settings": {"max_insert_rows": 1e3, "insert_compression": "none"}, "scaling": null})json",
      "0a: &x [*x, *x]",
      "0? {a: b}\n: - c\n  - !!binary d\n...\n--- >\n folded\n",
      "1[[[[[[[[[[]]]]]]]]]]",
  };
}

}  // namespace penstock
