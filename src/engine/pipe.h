#pragma once

#include <array>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "engine/pipe_document.h"
#include "engine/pipe_events.h"
#include "engine/pipe_parts.h"
#include "engine/progress.h"
#include "model/table.h"
#include "registry/source.h"

namespace penstock {

struct PipeOptions {
  /// End by itself once every partition is read to the end it had at the start.
  bool until_caught_up = false;
  /// Stores the pipe's history; may be empty.
  PipeEvents::Keep keep_log;
};

/// One pipe from its document to its end: builds the parts, runs the lanes, builds
/// them again when the table changed or the far side was away at the start.
///
/// Threads: run() on one thread; the rest from any.
class Pipe {
 public:
  Pipe(PipeDocument document, PipeOptions options);

  /// Returns when stopped or caught up (ok), or when a person has to act.
  Status run(const std::stop_token& stop);

  /// From now on the schema registry is asked with the credentials of the `newer` document.
  void renew_credentials(const PipeDocument& newer);

  const std::string& name() const { return document_.name; }
  PipeProgress progress() const;
  const PipeEvents& events() const { return events_; }
  bool until_caught_up() const { return options_.until_caught_up; }

 private:
  Status run_until_something_happens(const std::stop_token& stop);
  Status run_lanes(const std::stop_token& stop);
  void say_of_table(const PipeParts& parts);

  const PipeDocument document_;
  const PipeOptions options_;
  const Result<std::shared_ptr<registry::RegistrySource>> schemas_;
  std::array<Progress, kMostLanes> progress_;  // by lane; it outlives them
  PipeEvents events_;
  std::vector<std::string> said_of_table_;
  std::vector<TableColumn> columns_;  // that the lanes began with
};

}  // namespace penstock
