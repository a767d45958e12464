#include "base/error_catalog.h"

#include <algorithm>
#include <array>

namespace penstock {
namespace {

constexpr std::array kCatalog = {
    CatalogEntry{"clickhouse.auth", "ClickHouse refused the user or password",
                 "Correct destination.user and destination.password, then start the pipe again."},
    CatalogEntry{"clickhouse.bad_answer", "ClickHouse answered something unexpected",
                 "Check that destination.url is the HTTP(S) port of a ClickHouse server."},
    CatalogEntry{"clickhouse.busy", "ClickHouse is overloaded or restarting",
                 "Nothing to do: Penstock repeats the insert until it is accepted."},
    CatalogEntry{"clickhouse.grant", "The ClickHouse user lacks a grant",
                 "Grant the missing privilege named in the message."},
    CatalogEntry{"clickhouse.missing_table", "The destination table or database does not exist",
                 "Create it, or set destination.managedTable to true and list its columns."},
    CatalogEntry{"clickhouse.read_only", "ClickHouse or the table is read-only",
                 "Use a writable server, user or table."},
    CatalogEntry{"clickhouse.rejected_value", "ClickHouse refused a value of a row",
                 "See the row in the error table; correct the data, the mapping or the table."},
    CatalogEntry{"clickhouse.schema", "The table no longer fits the pipe",
                 "Compare the table with fieldMappings; correct one of them."},
    CatalogEntry{"clickhouse.too_many_parts", "The table has too many parts",
                 "Nothing to do: Penstock slows down until merges have caught up."},
    CatalogEntry{"clickhouse.unknown", "ClickHouse refused the insert for an unlisted reason",
                 "Read the message; nothing was discarded, the pipe goes on where it stopped."},
    CatalogEntry{"clickhouse.unreachable", "ClickHouse cannot be reached",
                 "Check destination.url and the network; Penstock keeps trying."},
    CatalogEntry{"clickhouse.view", "A materialized view refused an insert that its table took",
                 "Correct the view or its target table, then start the pipe again; the insert is "
                 "repeated under its name."},
    CatalogEntry{"decode.broken", "The message is not valid in the pipe's format",
                 "Correct the producer; the raw message is in the error table."},
    CatalogEntry{"decode.out_of_range", "A value does not fit its column",
                 "Use a wider column type, or correct the producer."},
    CatalogEntry{"decode.too_large", "A message is above the size or depth limit",
                 "Raise the limit in settings, or correct the producer."},
    CatalogEntry{"decode.unreadable", "A text value cannot be read as the column's type",
                 "Correct the producer or the column type."},
    CatalogEntry{"decode.wrong_type", "A value has another kind than its column",
                 "Correct the producer, the mapping or the column type."},
    CatalogEntry{
        "embedded.library", "The ClickHouse engine's library cannot be used",
        "Run `make setup`, or say where libchdb.so is with --library or PENSTOCK_LIBCHDB."},
    CatalogEntry{"embedded.listen", "The embedded ClickHouse cannot listen",
                 "Choose another --host or --port; port 0 picks a free one."},
    CatalogEntry{"embedded.request", "A request body cannot be decompressed",
                 "Correct the client's Content-Encoding."},
    CatalogEntry{"embedded.storage", "The embedded ClickHouse cannot open its folder",
                 "Check that --path is writable and that no other server uses it."},
    CatalogEntry{"engine.bug", "Penstock broke one of its own promises",
                 "Please report it with the message; the position is kept."},
    CatalogEntry{"engine.exactly_once", "The destination cannot store each record exactly once",
                 "Do what the message says, or leave source.kafka.exactlyOnce out."},
    CatalogEntry{
        "engine.expired_name", "Nobody can tell whether an insert was made already",
        "Map _topic, _partition and _offset to columns, so that the table can be asked. Or "
        "compare the records named in the message with the table, and set "
        "settings.on_expired_token to accept_duplicates."},
    CatalogEntry{"engine.plan", "The plan stored with the group's position cannot be read",
                 "A newer Penstock wrote it: run that version, or reset the group's offsets."},
    CatalogEntry{"engine.too_many_rejects", "Too many of the last records were rejected",
                 "Correct the mapping, the table or the producer and start the pipe again; then "
                 "`penstock errors replay` stores what was set aside. To go on as it is, raise "
                 "settings.max_rejected_share."},
    CatalogEntry{"engine.unsure_replay", "Nobody can tell whether a batch was stored",
                 "Look for its messages in the table (`penstock errors show --where \"replay = "
                 "'BATCH'\"`), then repeat the replay with --unsure send or --unsure mark. Tables "
                 "with columns for _topic, _partition and _offset never ask."},
    CatalogEntry{"infer.no_messages", "There is nothing to infer a table from",
                 "Produce messages first, or correct source.kafka.topics and format."},
    CatalogEntry{"kafka.auth", "Kafka refused the credentials",
                 "Correct source.kafka.credentials and authentication."},
    CatalogEntry{"kafka.client", "The Kafka client reported an error",
                 "Read the message; Penstock keeps trying."},
    CatalogEntry{"kafka.config", "The Kafka client refused a setting",
                 "Correct the setting named in the message."},
    CatalogEntry{"kafka.data_loss", "Records were gone before they were read",
                 "Kafka's retention removed them. To go on with what is left, set "
                 "settings.on_data_loss to continue and start the pipe again, or move the "
                 "group's position yourself."},
    CatalogEntry{"kafka.gone_back", "A partition ends before what was read of it",
                 "Move the group's position of that partition, then start the pipe again: to the "
                 "beginning if the topic was deleted and made anew, to the end if it was cut short "
                 "(what it lost is in the table)."},
    CatalogEntry{"kafka.grant", "The Kafka principal lacks an ACL",
                 "Allow it to read the topic and the consumer group."},
    CatalogEntry{"kafka.moved", "A partition moved to another member",
                 "Nothing to do: that member goes on with it."},
    CatalogEntry{"kafka.unknown_topic", "A topic does not exist",
                 "Create the topic or correct source.kafka.topics."},
    CatalogEntry{"kafka.unreachable", "No Kafka broker can be reached",
                 "Check source.kafka.brokers and the network; Penstock keeps trying."},
    CatalogEntry{"pipe.audit", "The pipe cannot be audited",
                 "Do what the message says; docs/guide/audit.md tells what an audit needs."},
    CatalogEntry{"pipe.document", "The pipe document has problems",
                 "Correct the settings listed; `penstock check -f` shows them all."},
    CatalogEntry{"pipe.mapping", "The mapping does not fit the table",
                 "Correct fieldMappings or the table's columns."},
    CatalogEntry{"registry.auth", "The schema registry refused the credentials",
                 "Correct source.kafka.schemaRegistry.credentials, then start the pipe again."},
    CatalogEntry{
        "registry.bad_answer", "The schema registry answered something unexpected",
        "Check that source.kafka.schemaRegistry.url is that of a registry, with its path."},
    CatalogEntry{"registry.unreachable", "The schema registry cannot be reached",
                 "Check source.kafka.schemaRegistry and the network; Penstock keeps trying."},
    CatalogEntry{"schema.unknown", "The message names a schema that does not exist",
                 "Register the schema, or correct the producer or the registry's settings."},
    CatalogEntry{"schema.unusable", "The message's schema does not fit the table",
                 "Correct the mapping or the column named in the message, or the schema."},
};

constexpr bool by_code(const CatalogEntry& left, const CatalogEntry& right) {
  return left.code < right.code;
}
static_assert(std::is_sorted(kCatalog.begin(), kCatalog.end(), by_code));

}  // namespace

std::span<const CatalogEntry> error_catalog() { return kCatalog; }

std::optional<CatalogEntry> explain(std::string_view code) {
  const auto* found =
      std::lower_bound(kCatalog.begin(), kCatalog.end(), CatalogEntry{code, {}, {}}, by_code);
  if (found == kCatalog.end() || found->code != code) return std::nullopt;
  return *found;
}

}  // namespace penstock
