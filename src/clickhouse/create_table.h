#pragma once

#include <span>
#include <string>

#include "clickhouse/spec.h"
#include "model/block.h"

namespace penstock::clickhouse {

/// CREATE TABLE IF NOT EXISTS for a managed table. A table that is not replicated remembers the
/// last 10,000 insert tokens unless told otherwise, so that a repeated block adds nothing;
/// replicated ones do so by themselves.
std::string create_table_statement(const DestinationSettings& destination);

/// ALTER TABLE that makes a table remember as many inserts as the ones Penstock creates do.
/// `window`: the setting that holds the number.
std::string remember_inserts_statement(std::string_view database, std::string_view table,
                                       std::string_view window);

/// A column of a table Penstock makes for itself.
struct OwnColumn {
  std::string_view name;
  std::string_view type;
};

/// The layout for blocks that fill all of `columns`.
BlockLayout own_layout(std::string database, std::string table, std::span<const OwnColumn> columns);

/// CREATE TABLE IF NOT EXISTS for such a layout: a MergeTree that forgets rows
/// seven days after `time_column`, which is also its order. `cluster`: made on all of its servers.
std::string create_own_table_statement(const BlockLayout& layout, std::string_view time_column,
                                       std::string_view cluster = {});

}  // namespace penstock::clickhouse
