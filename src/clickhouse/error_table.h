#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "clickhouse/spec.h"
#include "model/block.h"

namespace penstock::clickhouse {

/// Where the slots of an error row are, in the order of the table.
struct ErrorColumn {
  enum Slot : std::size_t {
    timestamp,  // when the row was refused, UTC
    pipe_id,
    pipe_name,
    error_type,   // DATA_PARSING_ERROR, SOURCE_SCHEMA_ERROR, or a code of ours
    error,        // one sentence
    error_field,  // column or field, "" when it concerns the whole message
    raw_message,
    key,
    topic,
    partition,
    offset,
    sequence_number,
    message_timestamp,
    header_keys,
    header_values,
    schema_id,
    replayed_at,
  };
};

/// Ends the `error` of a row whose message could not be read once more: its raw_message is empty.
constexpr std::string_view kMessageIsGone = "; its message is no longer there";

/// The error table that belongs to a destination: `<table>_penstock_error`.
std::shared_ptr<const BlockLayout> error_table_layout(const DestinationSettings& destination);

/// CREATE TABLE IF NOT EXISTS for it; rows are kept for seven days. `cluster`: on all of its
/// servers.
std::string create_error_table_statement(const BlockLayout& layout, std::string_view cluster = {});

}  // namespace penstock::clickhouse
