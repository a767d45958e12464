#include "engine/audit.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <memory>
#include <span>
#include <string_view>
#include <utility>

#include "base/clock.h"
#include "clickhouse/sink.h"
#include "clickhouse/table.h"
#include "engine/audit_bounds.h"
#include "engine/audit_tables.h"
#include "engine/decoders.h"
#include "engine/pipe_parts.h"
#include "engine/schemas.h"
#include "kafka/source.h"

namespace penstock {
namespace {

using namespace std::chrono_literals;
using clickhouse::RangeDigest;
using Digests = std::map<std::int64_t, RangeDigest>;  // by offset / step

constexpr auto kPollWait = 100ms;
constexpr auto kCloseLimit = 2000ms;
constexpr std::size_t kPollRecords = 5000;
constexpr std::size_t kPrefetchBytes = 32u << 20;
constexpr std::size_t kLogsAtOnce = 16;  // each needs a range in memory
constexpr std::size_t kMostFindings = 10'000;
constexpr std::int64_t kErrorRowsLiveMs = 7LL * 24 * 3600 * 1000;  // the error table's TTL

/// One log while it is read.
struct LogAudit {
  AuditedLog result;
  AuditRange range{0, 0};
  Digests rows;
  Digests errors;
};

class Auditor {
 public:
  Auditor(const PipeDocument& document, const AuditOptions& options, AuditTables tables,
          std::unique_ptr<Decoder> decoder, Block block)
      : document_(document),
        options_(options),
        tables_(std::move(tables)),
        decoder_(std::move(decoder)),
        block_(std::move(block)) {
    if (!tables_.table) audit_.counts.emplace();
  }

  /// All of these logs, read side by side.
  Status read(std::span<const AuditedLog> logs);
  Audit take() { return std::move(audit_); }

 private:
  using Key = std::pair<std::string_view, std::int32_t>;  // of a topic in logs_

  Status begin(const AuditedLog& log);
  Status poll_all(Source<RecordBatch>& source);
  Status take(const RecordBatch& batch);
  Status finish_range(LogAudit& log);
  void next_range(LogAudit& log, std::int64_t first) const;
  Result<ErrorRuns> errors_of(LogAudit& log);
  void add(LogAudit& log, const std::vector<FindingRun>& runs);

  const PipeDocument& document_;
  const AuditOptions& options_;
  AuditTables tables_;
  const std::unique_ptr<Decoder> decoder_;
  Block block_;  // scratch
  std::vector<std::unique_ptr<LogAudit>> logs_;
  std::map<Key, LogAudit*> by_key_;
  Audit audit_;
};

Status Auditor::read(std::span<const AuditedLog> logs) {
  logs_.clear();
  by_key_.clear();
  kafka::SourceOptions reading = source_options(document_);
  reading.footprint = kafka::Footprint::onlooker;
  reading.until = kafka::Until::caught_up;
  reading.prefetch_bytes = kPrefetchBytes;
  reading.settings.offset = {};
  for (const AuditedLog& log : logs) {
    PENSTOCK_OK(begin(log));
    if (log.from < log.to) {
      reading.parts.push_back({log.topic, log.partition, log.from, log.to});
    }
  }
  if (!reading.parts.empty()) {
    PENSTOCK_TRY(source, kafka::make_source(std::move(reading)));
    PENSTOCK_OK(source->open());
    PENSTOCK_OK(poll_all(*source));
    (void)source->close(kCloseLimit);
  }
  for (const auto& log : logs_) {
    while (log->range.first() < log->result.to) PENSTOCK_OK(finish_range(*log));
    audit_.logs.push_back(std::move(log->result));
  }
  return done();
}

Status Auditor::begin(const AuditedLog& log) {
  auto audit = std::make_unique<LogAudit>();
  audit->result = log;
  next_range(*audit, log.from);
  const clickhouse::OffsetSpan span{log.topic, log.partition, log.from, log.to};
  if (tables_.table) {
    PENSTOCK_TRY(rows, find_digests(*tables_.client, *tables_.table, span, options_.step));
    audit->rows = std::move(rows);
  }
  PENSTOCK_TRY(errors, find_digests(*tables_.client, tables_.errors, span, options_.step));
  audit->errors = std::move(errors);
  by_key_.emplace(Key(audit->result.topic, log.partition), audit.get());
  logs_.push_back(std::move(audit));
  return done();
}

Status Auditor::poll_all(Source<RecordBatch>& source) {
  for (;;) {
    PENSTOCK_TRY(polled, source.poll({.records = kPollRecords, .wait = kPollWait}));
    for (const RecordBatch& batch : polled.payloads) PENSTOCK_OK(take(batch));
    if (polled.payloads.empty() && polled.caught_up) return done();
  }
}

Status Auditor::take(const RecordBatch& batch) {
  const auto found = by_key_.find(Key(batch.topic, batch.partition));
  if (found == by_key_.end()) return done();
  LogAudit& log = *found->second;
  std::vector<Reject> rejects;
  block_.clear();
  PENSTOCK_OK(decoder_->decode(batch, block_, rejects));
  const std::int64_t expired_before = wall_clock_ms() - kErrorRowsLiveMs;
  auto reject = rejects.begin();
  std::size_t row = 0;
  for (std::size_t record = 0; record < batch.size(); ++record) {
    const std::int64_t offset = batch.offsets[record];
    while (offset >= log.range.end()) PENSTOCK_OK(finish_range(log));
    ++log.result.messages;
    std::uint32_t rows = 0;
    for (; row < block_.rows() && block_.origin(row).offset == offset; ++row) ++rows;
    if (reject != rejects.end() && reject->record == record) {
      const bool is_old = batch.timestamps_ms[record] < expired_before;
      log.range.expect(offset, is_old ? Outlook::rejected_old : Outlook::rejected);
      ++reject;
    } else {
      log.range.expect(offset, rows > 0 ? Outlook::rows : Outlook::no_row, rows);
    }
  }
  return done();
}

// Mostly the digest says that all is well, and no offset is looked at.
Status Auditor::finish_range(LogAudit& log) {
  const std::int64_t number = log.range.first() / options_.step;
  PENSTOCK_TRY(errors, errors_of(log));
  const AuditRange::Expected expected = log.range.expected(errors);
  if (audit_.counts) {
    audit_.counts->expected += expected.digest.rows;
    audit_.counts->undecided += expected.undecided;
  } else {
    const auto found = log.rows.find(number);
    const RangeDigest digest = found == log.rows.end() ? RangeDigest{} : found->second;
    log.result.rows += digest.rows;
    if (expected.undecided > 0 || expected.digest != digest) {
      PENSTOCK_TRY(stored, tables_.rows->stored({.delivery_id = {},
                                                 .topic = log.result.topic,
                                                 .partition = log.result.partition,
                                                 .first = log.range.first(),
                                                 .last = log.range.end() - 1}));
      add(log, log.range.judge(stored, errors));
    }
  }
  next_range(log, log.range.end());
  return done();
}

void Auditor::next_range(LogAudit& log, std::int64_t first) const {
  const std::int64_t end = (first / options_.step + 1) * options_.step;
  log.range = AuditRange(first, std::min(end, log.result.to));
}

Result<ErrorRuns> Auditor::errors_of(LogAudit& log) {
  ErrorRuns errors;
  const auto found = log.errors.find(log.range.first() / options_.step);
  if (found == log.errors.end()) return errors;
  const RangeRows::Question question{.delivery_id = {},
                                     .topic = log.result.topic,
                                     .partition = log.result.partition,
                                     .first = log.range.first(),
                                     .last = log.range.end() - 1};
  PENSTOCK_TRY(open, tables_.open_errors->stored(question));
  errors.open = std::move(open);
  PENSTOCK_TRY(replayed, tables_.replayed_errors->stored(question));
  errors.replayed = std::move(replayed);
  log.result.error_rows += found->second.rows;
  return errors;
}

void Auditor::add(LogAudit& log, const std::vector<FindingRun>& runs) {
  for (const FindingRun& run : runs) {
    const auto messages = static_cast<std::uint64_t>(run.last - run.first + 1);
    switch (run.finding) {
      case Finding::missing: log.result.missing += messages; break;
      case Finding::doubled: log.result.doubled += messages; break;
      case Finding::unexpected: log.result.unexpected += messages; break;
    }
    if (audit_.findings.size() < kMostFindings) {
      audit_.findings.push_back({log.result.topic, log.result.partition, run});
    } else {
      ++audit_.more_findings;
    }
  }
}

}  // namespace

bool Audit::is_clean() const {
  if (counts) {
    return counts->found >= counts->expected &&
           counts->found <= counts->expected + counts->undecided;
  }
  return findings.empty();
}

Result<Audit> audit_pipe(const PipeDocument& document, const AuditOptions& options) {
  const clickhouse::DestinationSettings& settings = document.destination;
  // First of all: what is committed by now is in the tables by then.
  PENSTOCK_TRY(logs, audit_bounds(document, options));
  PENSTOCK_TRY(client, clickhouse::Client::make(clickhouse::client_settings(settings)));
  PENSTOCK_TRY(table, clickhouse::read_table(*client, settings.database, settings.table));
  PENSTOCK_TRY(mapping, map_table(document, table));
  PENSTOCK_TRY(tables, AuditTables::find(document, mapping, std::move(client)));
  std::string why_counts = tables.why_counts;
  PENSTOCK_TRY(block, Block::make(mapping.layout));
  PENSTOCK_TRY(schemas, make_schema_source(*document.source.kafka));
  PENSTOCK_TRY(decoder, make_decoder(document, std::move(mapping), std::move(schemas)));

  Auditor auditor(document, options, std::move(tables), std::move(decoder), std::move(block));
  const std::span<const AuditedLog> all(logs);
  for (std::size_t at = 0; at < all.size(); at += kLogsAtOnce) {
    PENSTOCK_OK(auditor.read(all.subspan(at, std::min(kLogsAtOnce, all.size() - at))));
  }
  Audit audit = auditor.take();
  audit.why_counts = std::move(why_counts);
  if (audit.counts) {
    PENSTOCK_TRY(found, count_rows(document.destination));
    audit.counts->found = found;
  }
  return audit;
}

}  // namespace penstock
