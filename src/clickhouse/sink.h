#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

#include "base/result.h"
#include "clickhouse/client.h"
#include "clickhouse/spec.h"
#include "contract/sink.h"
#include "model/block.h"

namespace penstock::clickhouse {

enum class Compression : std::uint8_t {
  automatic,  // none towards this machine, lz4 elsewhere
  none,
  lz4,
};

struct SinkOptions {
  std::size_t parallel = 2;
  Compression compression = Compression::automatic;
  UrlSettings settings;  // the user's clickhouse.*; ours win where they must
};

/// A sink for blocks of any table: a block's own layout says where it goes, so
/// rows, error rows and log rows share it. A block is one INSERT and, within the
/// table's window, its delivery_id keeps a repeat from adding rows.
///
/// Threads: as Sink says; one connection per parallel delivery. After abandon()
/// every delivery fails.
/// Errors: those of Client, naming the table and the URL.
Result<std::unique_ptr<Sink<Block>>> make_sink(const DestinationSettings& destination,
                                               SinkOptions options);

/// The client settings a destination asks for.
ClientSettings client_settings(const DestinationSettings& destination);

}  // namespace penstock::clickhouse
