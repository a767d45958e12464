#include "clickhouse/error_table.h"

#include <array>

#include "clickhouse/create_table.h"

namespace penstock::clickhouse {
namespace {

constexpr std::array kColumns = {
    OwnColumn{"_timestamp", "DateTime64(3, 'UTC')"},
    OwnColumn{"pipe_id", "String"},
    OwnColumn{"pipe_name", "String"},
    OwnColumn{"error_type", "LowCardinality(String)"},
    OwnColumn{"error", "String"},
    OwnColumn{"error_field", "String"},
    OwnColumn{"raw_message", "String"},
    OwnColumn{"_key", "String"},
    OwnColumn{"_topic", "LowCardinality(String)"},
    OwnColumn{"_partition", "Int32"},
    OwnColumn{"_offset", "Int64"},
    OwnColumn{"_sequence_number", "String"},
    OwnColumn{"_message_timestamp", "DateTime64(3, 'UTC')"},
    OwnColumn{"_header_keys", "Array(String)"},
    OwnColumn{"_header_values", "Array(String)"},
    OwnColumn{"schema_id", "Nullable(Int32)"},
    OwnColumn{"replayed_at", "Nullable(DateTime64(3, 'UTC'))"},
};
static_assert(kColumns[ErrorColumn::raw_message].name == "raw_message");
static_assert(kColumns[ErrorColumn::message_timestamp].name == "_message_timestamp");
static_assert(kColumns.size() == ErrorColumn::replayed_at + 1);

}  // namespace

std::shared_ptr<const BlockLayout> error_table_layout(const DestinationSettings& destination) {
  return std::make_shared<const BlockLayout>(
      own_layout(destination.database, error_table_name(destination), kColumns));
}

std::string create_error_table_statement(const BlockLayout& layout, std::string_view cluster) {
  return create_own_table_statement(layout, kColumns[ErrorColumn::timestamp].name, cluster);
}

}  // namespace penstock::clickhouse
