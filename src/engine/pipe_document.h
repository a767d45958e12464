#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "clickhouse/spec.h"
#include "engine/expired_names.h"
#include "kafka/source.h"
#include "kafka/spec.h"
#include "model/mapping.h"
#include "spec/environment.h"
#include "spec/problem.h"
#include "spec/value.h"

namespace penstock {

/// `source`: exactly one member is set.
struct SourceChoice {
  std::optional<kafka::SourceSettings> kafka;
};

enum class InsertCompression : std::uint8_t {
  automatic,  // lz4, but none on loopback
  none,
  lz4,
};

constexpr std::uint32_t kMostLanes = 64;

/// `settings`: ClickPipes' names where there is one, ours in the same style beside them.
struct PipeSettings {
  std::chrono::milliseconds streaming_max_insert_wait{5000};
  std::optional<std::uint64_t> max_insert_rows;   // none: as the pipe needs, see SealRange
  std::optional<std::uint64_t> max_insert_bytes;  // likewise
  std::uint64_t memory_limit_bytes = 192ull << 20;
  std::uint32_t insert_threads = 2;
  std::optional<std::uint32_t> lanes;  // none: see count_lanes()
  InsertCompression insert_compression = InsertCompression::automatic;
  OnExpiredToken on_expired_token = OnExpiredToken::ask;
  bool kafka_read_committed = true;
  kafka::OnDataLoss on_data_loss = kafka::OnDataLoss::pause;
  std::uint64_t max_message_bytes = 64ull << 20;
  std::uint32_t max_depth = 512;
  std::optional<std::uint64_t> max_string_bytes;  // none: as long as the message may be
  double max_rejected_share = 0.5;                // see RejectLimit
  std::uint64_t rejected_share_window = 10'000;
  std::map<std::string, std::string> kafka_client;       // from "kafka.<name>", prefix removed
  std::map<std::string, std::string> clickhouse_insert;  // from "clickhouse.<name>", likewise
};

/// `scaling`: accepted and kept; the control plane will use it.
struct ScalingSettings {
  std::optional<std::int64_t> replicas;
  std::optional<std::int64_t> replica_cpu_millicores;
  std::optional<double> replica_memory_gb;
  std::optional<std::int64_t> concurrency;
};

/// The canonical pipe document (DESIGN 2), checked and with defaults filled in.
struct PipeDocument {
  std::string name;
  SourceChoice source;
  clickhouse::DestinationSettings destination;
  std::optional<std::vector<FieldMapping>> field_mappings;  // none: columns are found by name
  PipeSettings settings;
  std::optional<ScalingSettings> scaling;
};

/// The one description of the whole document.
const spec::Spec<PipeDocument>& pipe_spec();

/// One file's pipes and everything wrong with it. `pipes` may only be run when `problems` is empty.
struct PipeFile {
  std::string path;
  std::vector<PipeDocument> pipes;
  std::vector<spec::Problem> problems;
};

/// One pipe and everything wrong with it; the pipe may only be run when `problems` is empty.
struct ParsedPipe {
  PipeDocument pipe;
  std::vector<spec::Problem> problems;
};

/// Puts variables in and checks. Touches neither network nor disk.
ParsedPipe parse_pipe(spec::Value document, const spec::Environment& environment);

/// Reads text as JSON when `path` ends in ".json", as YAML (one or several documents) otherwise.
/// Touches neither network nor disk. `path` is only used in messages.
PipeFile parse_pipe_file(std::string path, std::string_view text,
                         const spec::Environment& environment);

/// The same for files on disk; a name used by two pipes is a problem of the later file.
std::vector<PipeFile> load_pipe_files(const std::vector<std::string>& paths,
                                      const spec::Environment& environment);

/// All of a file; Error "pipe.document" says what the system had against it.
Result<std::string> read_file(const std::string& path);

/// Every pipe of every file, or Error "pipe.document" whose message lists all problems, one a line.
Result<std::vector<PipeDocument>> load_pipe_documents(const std::vector<std::string>& paths,
                                                      const spec::Environment& environment);

}  // namespace penstock
