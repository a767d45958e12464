#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "contract/source.h"
#include "kafka/spec.h"
#include "model/record.h"

namespace penstock::kafka {

/// What Kafka's isolation.level says about open and aborted transactions.
enum class Isolation : std::uint8_t { read_committed, read_uncommitted };

/// What follows records that were gone before they were read; see LostOffsets.
enum class OnDataLoss : std::uint8_t {
  pause,  // no more of that log
  go_on,  // with what is left
};

/// When Polled::caught_up comes true.
enum class Until : std::uint8_t {
  stopped,    // never: reads on for ever
  caught_up,  // at the ends the logs had when open() succeeded first
};

/// Whether the source may leave traces in the consumer group.
enum class Footprint : std::uint8_t {
  member,    // joins the group and commits what it is told to
  onlooker,  // joins no group and commits nothing: reads every partition on its own, for samples
};

/// A part of each log, for samples of large topics: at most `offsets` of them, from the log's
/// beginning (`at` 0) to its end (`at` 1) or anywhere in between.
struct Region {
  double at = 0;
  std::int64_t offsets = 0;
};

/// A part of one log, by offsets: from `first` up to `end`, which is not part of it.
struct LogPart {
  std::string topic;
  std::int32_t partition = 0;
  std::int64_t first = 0;
  std::int64_t end = 0;
};

/// Everything a Kafka source needs to know.
struct SourceOptions {
  std::string pipe;  // names the client and, where none is given, the consumer group
  SourceSettings settings;
  Isolation isolation = Isolation::read_committed;
  Until until = Until::stopped;
  OnDataLoss on_data_loss = OnDataLoss::pause;  // of a member; an onlooker always goes on
  Footprint footprint = Footprint::member;
  /// Only for an onlooker that reads until it has caught up: of each log just this part, of what
  /// the strategy would have it read.
  std::optional<Region> region;
  /// Likewise: exactly these parts and no other log, whatever the strategy. Empty: all logs.
  std::vector<LogPart> parts;
  /// What the client may hold fetched and not yet polled. The caller counts it in
  /// the pipe's byte budget; one fetch in flight per broker may come on top.
  std::size_t prefetch_bytes = 64u << 20;
  std::size_t max_message_bytes = 64u << 20;
  /// Client settings by librdkafka's names. Those the source lives by are refused.
  std::map<std::string, std::string> client;
};

/// A Kafka consumer of one pipe: all its topics, one group member.
///
/// Promises: the batches of one log come in offset order, without gaps that are
/// not in the log itself. Threads: all calls from one lane; librdkafka's threads
/// stay behind it. Batches may be destroyed on any thread and may outlive the
/// source, except for their `topic`.
/// Errors of open() and poll(): kafka.unreachable and kafka.client with
/// Recovery::retry (call again, open() included); kafka.auth, kafka.grant,
/// kafka.unknown_topic and kafka.config with Recovery::stop; kafka.gone_back, see OutOfRange.
/// Errors here: kafka.config.
Result<std::unique_ptr<Source<RecordBatch>>> make_source(SourceOptions options);

}  // namespace penstock::kafka
