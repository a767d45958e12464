#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/result.h"
#include "clickhouse/error_rows.h"
#include "engine/error_decoding.h"
#include "engine/pipe_document.h"

namespace penstock {

/// What to do with a batch of an earlier replay when nobody can tell whether it was stored.
enum class Unsure : std::uint8_t { stop, send, mark };

struct ReplayOptions {
  std::string where;     // SQL over the error table; empty: all that was not replayed
  bool dry_run = false;  // decode and count, change nothing
  clickhouse::ErrorRows::Page page;
  Unsure unsure = Unsure::stop;
  ErrorDecoding::Edit edit;  // may be empty
};

/// What became of the messages of a replay.
struct ReplayOutcome {
  std::uint64_t messages = 0;  // looked at
  std::uint64_t replayed = 0;  // stored and marked; in a dry run: that would be
  std::uint64_t found = 0;     // of these, their rows were in the table already
  std::uint64_t rows = 0;      // that were sent
  /// Messages left in the error table.
  struct Left {
    std::uint64_t messages = 0;
    std::string example;  // of the reason, with its position
  };
  std::map<std::string, Left> left;  // by column, "" when it concerns the whole message
  std::vector<std::string> notes;    // what else a person should know

  std::uint64_t left_messages() const;
};

/// Decodes the error rows of a pipe again, as the pipe would today, stores those that now fit and
/// marks them as replayed. Each message is stored once, whenever this is killed and however often
/// it is begun again; see docs/adr/0005-replay.md.
///
/// Errors: those of the parts; engine.unsure_replay (see Unsure). What was done by then is done,
/// and the next replay goes on behind it.
Result<ReplayOutcome> replay_errors(const PipeDocument& document, const ReplayOptions& options);

}  // namespace penstock
