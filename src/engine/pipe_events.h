#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

#include "base/error.h"
#include "base/log.h"
#include "engine/pipe_state.h"

namespace penstock {

/// One line of a pipe's history, as it is logged and kept in penstock.pipe_log.
struct PipeLogEntry {
  std::int64_t time_ms = 0;  // since 1970
  std::string pipe;
  log::Level level = log::Level::info;
  PipeState state{};
  std::string code;  // a key of the error catalogue, or empty
  std::string message;
};

/// The side an error's code is about, its first word: "kafka", "clickhouse", "registry".
std::string_view side_of(std::string_view code);

/// What happens to a pipe: its state, and what is said about it. A trouble that
/// lasts is said once a minute, not at every attempt.
///
/// Threads: any (lane, delivery threads, display).
class PipeEvents {
 public:
  using Keep = std::function<void(const PipeLogEntry&)>;

  /// `keep` stores each entry, for example in penstock.pipe_log; may be empty.
  PipeEvents(std::string pipe, Keep keep) : pipe_(std::move(pipe)), keep_(std::move(keep)) {}

  /// Moves the state if the table of moves allows it, and says so.
  void apply(PipeEvent event, const std::string& message);

  /// Something failed that will be tried again: state `waiting`.
  void trouble(const Error& error);
  /// That side works again, see side_of(). Cheap when no side is in trouble.
  void recovered(std::string_view side);

  /// The pipe cannot go on without a person: state `failed`.
  void give_up(const Error& error);

  void note(log::Level level, const std::string& code, const std::string& message);

  PipeState state() const;
  /// A trouble that lasts, or the reason of the failure; empty while all is well.
  std::string problem() const;

 private:
  bool move(PipeEvent event);
  void say(log::Level level, const std::string& code, const std::string& message);

  const std::string pipe_;
  const Keep keep_;
  mutable std::mutex mutex_;  // guards all below
  PipeState state_ = PipeState::draft;
  std::map<std::string, std::string, std::less<>> problems_;  // by side
  std::map<std::string, std::chrono::steady_clock::time_point, std::less<>> last_said_;
  std::atomic<bool> in_trouble_{false};  // problems_ is not empty, readable without the mutex
};

}  // namespace penstock
