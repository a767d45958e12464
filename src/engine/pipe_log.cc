#include "engine/pipe_log.h"

#include <unistd.h>

#include <chrono>
#include <utility>
#include <vector>

#include "base/error_catalog.h"
#include "base/thread.h"
#include "clickhouse/client.h"
#include "clickhouse/insert_statement.h"
#include "clickhouse/native_writer.h"
#include "clickhouse/pipe_log.h"
#include "clickhouse/sink.h"

namespace penstock {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kMostEntries = 1000;
constexpr auto kRequestLimit = 1500ms;

std::string host_name() {
  char name[256] = {};
  gethostname(name, sizeof(name) - 1);
  return name;
}

std::string_view level_name(log::Level level) {
  switch (level) {
    case log::Level::debug: return "debug";
    case log::Level::info: return "info";
    case log::Level::warning: return "warning";
    case log::Level::error: break;
  }
  return "error";
}

}  // namespace

/// The connection and the table, made at the first entry. Every request has a short
/// deadline, so that the log never holds up the end of the process.
struct PipeLog::Writer {
  clickhouse::DestinationSettings destination;
  std::string host = host_name();
  std::unique_ptr<clickhouse::Client> client;
  std::shared_ptr<const BlockLayout> layout = clickhouse::pipe_log_layout();

  Status connect() {
    if (client) return done();
    clickhouse::ClientSettings settings = clickhouse::client_settings(destination);
    settings.connect_limit = kRequestLimit;
    PENSTOCK_TRY(made, clickhouse::Client::make(std::move(settings)));
    for (const std::string& statement : {clickhouse::create_pipe_log_database_statement(),
                                         clickhouse::create_pipe_log_statement(*layout)}) {
      PENSTOCK_TRY(answer, made->send({.query = statement,
                                       .deadline = kRequestLimit,
                                       .purpose = "CREATE penstock.pipe_log"}));
    }
    client = std::move(made);
    return done();
  }

  Status write(const std::deque<PipeLogEntry>& entries) {
    PENSTOCK_OK(connect());
    PENSTOCK_TRY(block, Block::make(layout));
    for (const PipeLogEntry& entry : entries) add_row(block, entry);
    const clickhouse::InsertPlan plan = clickhouse::plan_insert(block);
    NativeOutput body;
    clickhouse::write_native(block, plan, body);
    PENSTOCK_TRY(answer, client->send({.query = plan.statement,
                                       .body = body.pieces(),
                                       .deadline = kRequestLimit,
                                       .purpose = "INSERT INTO penstock.pipe_log"}));
    return done();
  }

  void add_row(Block& block, const PipeLogEntry& entry) const {
    using clickhouse::LogColumn;
    const auto known = explain(entry.code);
    block.writer(LogColumn::timestamp).put_time(entry.time_ms, TimeUnit::milliseconds);
    block.writer(LogColumn::pipe_id).put_text(entry.pipe);
    block.writer(LogColumn::pipe_name).put_text(entry.pipe);
    block.writer(LogColumn::host).put_text(host);
    block.writer(LogColumn::level).put_text(level_name(entry.level));
    block.writer(LogColumn::event).put_text(name_of(entry.state));
    block.writer(LogColumn::code).put_text(entry.code);
    block.writer(LogColumn::message).put_text(entry.message);
    block.writer(LogColumn::remedy).put_text(known ? known->remedy : "");
    block.writer(LogColumn::details).put_default();
    block.end_row({});
  }
};

PipeLog::PipeLog(const clickhouse::DestinationSettings& destination)
    : writer_(std::make_unique<Writer>(Writer{.destination = destination})),
      thread_([this](const std::stop_token& stop) { work(stop); }) {}

PipeLog::~PipeLog() = default;

void PipeLog::keep(const PipeLogEntry& entry) {
  const std::lock_guard lock(mutex_);
  entries_.push_back(entry);
  if (entries_.size() > kMostEntries) entries_.pop_front();
  wake_.notify_one();
}

void PipeLog::work(const std::stop_token& stop) {
  name_this_thread("pipe log");
  bool complained = false;
  for (bool last = false; !last;) {
    std::deque<PipeLogEntry> entries;
    {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, stop, [this] { return !entries_.empty(); });
      last = stop.stop_requested();
      entries.swap(entries_);
    }
    if (entries.empty()) continue;
    const Status written = writer_->write(entries);
    if (written.ok()) continue;
    if (!complained) {
      complained = true;
      log::warning("penstock.pipe_log cannot be written; events are only here",
                   {{"reason", written.error().text()}});
    }
    if (written.error().recovery != Recovery::retry || stop.stop_requested()) return;
    {
      const std::lock_guard lock(mutex_);
      entries_.insert(entries_.begin(), entries.begin(), entries.end());
    }
    sleep_unless_stopped(stop, 1s);
  }
}

}  // namespace penstock
