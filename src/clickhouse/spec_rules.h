#pragma once

#include "clickhouse/spec.h"
#include "spec/findings.h"

namespace penstock::clickhouse {

/// The rules of `destination` over several fields, run by destination_spec(). Offline.

/// What belongs to one kind of engine stands only there.
void check_engine(const EngineSettings& engine, spec::Complaints& complaints);
/// ReplacingMergeTree has a sorting key: without one it would keep a single row.
void check_sorting_key(const TableDefinition& definition, spec::Complaints& complaints);
/// Names of settings are such.
void check_table_settings(const TableDefinition& definition, spec::Complaints& complaints);
/// A column has one expression at most.
void check_column(const ColumnSettings& column, spec::Complaints& complaints);
/// A managed table lists its columns; an existing one is not defined here.
void check_managed_table(const DestinationSettings& settings, spec::Complaints& complaints);
/// Each column stands once, and the engine names columns that are listed.
void check_column_names(const DestinationSettings& settings, spec::Complaints& complaints);
/// Rejects cannot go where the rows go.
void check_error_table(const DestinationSettings& settings, spec::Complaints& complaints);

}  // namespace penstock::clickhouse
