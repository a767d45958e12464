#include "app/run_command.h"

#include <fmt/core.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <list>
#include <memory>
#include <optional>
#include <thread>

#include "app/live_display.h"
#include "base/log.h"
#include "base/signals.h"
#include "engine/pipe.h"
#include "engine/pipe_document.h"
#include "engine/pipe_log.h"

namespace penstock {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr auto kLookEvery = 100ms;

/// A pipe and the thread that runs it. The log ends last, so that it can keep
/// the pipe's last words.
struct RunningPipe {
  RunningPipe(PipeDocument document, bool until_caught_up)
      : log(document.destination),
        pipe(std::move(document),
             {.until_caught_up = until_caught_up,
              .keep_log = [this](const PipeLogEntry& entry) { log.keep(entry); }}),
        thread([this](const std::stop_token& stop) {
          const Status outcome = pipe.run(stop);
          failed = !outcome.ok();
          ended_at = Clock::now();
          ended = true;
        }) {}

  PipeLog log;
  Pipe pipe;
  const Clock::time_point started_at = Clock::now();
  Clock::time_point ended_at;  // once ended
  std::atomic<bool> failed{false};
  std::atomic<bool> ended{false};
  std::jthread thread;
};

void print_outcome(const RunningPipe& running) {
  const PipeProgress progress = running.pipe.progress();
  const double seconds =
      std::chrono::duration<double>(running.ended_at - running.started_at).count();
  const std::string lost =
      progress.lost_offsets == 0 ? "" : fmt::format("{} offsets lost, ", progress.lost_offsets);
  fmt::print("{}: {} rows stored, {} rejected, {}{} inserts, {:.1f} s, {:.0f} rows/s{}\n",
             running.pipe.name(), progress.rows, progress.rejects, lost, progress.inserts, seconds,
             static_cast<double>(progress.rows) / std::max(seconds, 0.001),
             running.failed ? " (failed: " + running.pipe.events().problem() + ")" : "");
}

/// Whatever else the documents say now waits for a restart.
void renew_credentials(const std::vector<std::string>& files, std::list<RunningPipe>& running) {
  auto documents = load_pipe_documents(files, spec::process_environment());
  if (!documents.ok()) {
    log::error("the documents stay as they were read: " + documents.error().message);
    return;
  }
  for (const PipeDocument& document : documents.value()) {
    for (RunningPipe& one : running) {
      if (one.pipe.name() == document.name) one.pipe.renew_credentials(document);
    }
  }
}

}  // namespace

int run_command(const RunOptions& options) {
  block_signals();
  auto documents = load_pipe_documents(options.files, spec::process_environment());
  if (!documents.ok()) {
    fmt::print(stderr, "{}\n", documents.error().message);
    return 2;
  }

  std::list<RunningPipe> running;
  std::vector<const Pipe*> shown;
  for (PipeDocument& document : documents.value()) {
    running.emplace_back(std::move(document), options.until_caught_up);
    shown.push_back(&running.back().pipe);
  }

  {
    LiveDisplay display(shown);
    bool stopping = false;
    const auto all_ended = [&] {
      return std::ranges::all_of(running, [](const RunningPipe& one) { return one.ended.load(); });
    };
    while (!all_ended()) {
      const Signal signal = wait_for_signal(kLookEvery);
      if (signal == Signal::reload) renew_credentials(options.files, running);
      if (signal == Signal::stop && !stopping) {
        stopping = true;
        log::info("stopping: delivering what is open");
        for (RunningPipe& one : running) one.thread.request_stop();
      }
      display.refresh();
    }
  }

  bool failed = false;
  for (const RunningPipe& one : running) {
    print_outcome(one);
    failed |= one.failed;
  }
  return failed ? 3 : 0;
}

}  // namespace penstock
