#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "clickhouse/client.h"

namespace penstock::clickhouse {

/// One table, as system.tables describes it.
struct TableFacts {
  std::string database;
  std::string name;
  std::string engine;       // "ReplicatedMergeTree"
  std::string engine_full;  // with arguments, keys and settings
  std::string sorting_key;
  bool is_partitioned = false;

  bool is_merge_tree() const { return engine.ends_with("MergeTree"); }
  /// Inserts are remembered in Keeper, for all replicas.
  bool is_in_keeper() const;
};

/// A view that reads what is inserted, and where it writes. Servers before 26 do not say where:
/// then the target has no name.
struct ViewFacts {
  std::string name;  // quoted, with its database
  TableFacts target;
};

/// What `Distributed(cluster, database, table, sharding key)` says of itself.
struct DistributedArguments {
  std::string cluster;
  std::string database;
  std::string table;
  std::string sharding_key;  // empty: none
};
DistributedArguments distributed_arguments(std::string_view engine_full);

struct ServerSetting {
  std::string value;
  bool is_fixed = false;  // the user may not change it
};

/// What bears on whether a repeated insert adds rows, as the server says it of itself.
struct DestinationFacts {
  std::string version;                                               // "26.7.2.1"
  std::map<std::string, ServerSetting, std::less<>> settings;        // that the server knows
  std::map<std::string, std::uint64_t, std::less<>> table_defaults;  // empty: the user may not see
  TableFacts table;              // the one rows are sent to; behind a materialized view, its target
  std::vector<ViewFacts> views;  // fed by it, also through each other
  std::vector<TableFacts> replicas;  // behind a Distributed table
  std::size_t shards = 1;
  std::string replicas_refusal;  // why the replicas could not be asked
  std::string cluster;  // the largest this server is part of; "" alone, or the user may not see
};

/// Asks. `user` are the settings the document gives to each insert.
/// Errors: clickhouse.missing_table; those of Client. A grant that is missing is none: what it
/// hides stays empty.
Result<DestinationFacts> find_facts(Client& client, std::string_view database,
                                    std::string_view table, const UrlSettings& user);

}  // namespace penstock::clickhouse
