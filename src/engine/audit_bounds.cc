#include "engine/audit_bounds.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <optional>
#include <string_view>

#include "engine/pipe_parts.h"
#include "kafka/log_bounds.h"

namespace penstock {
namespace {

using namespace std::chrono_literals;
using kafka::LogBounds;
using kafka::OffsetSettings;
using kafka::OffsetStrategy;

constexpr auto kLimit = 10s;

std::optional<std::int64_t> as_offset(std::string_view text) {
  std::int64_t offset = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), offset);
  const bool is_offset = code == std::errc() && end == text.data() + text.size() && offset >= 0;
  return is_offset ? std::optional(offset) : std::nullopt;
}

Error no_place(const std::string& option, const std::string& text) {
  return {.fault = Fault::user,
          .recovery = Recovery::stop,
          .code = "pipe.audit",
          .message = option + " must be an offset or a time like 2026-01-31T12:00:00, found \"" +
                     text + "\""};
}

Result<std::vector<LogBounds>> bounds_from(const PipeDocument& document, OffsetSettings begin) {
  kafka::SourceOptions options = source_options(document);
  options.footprint = kafka::Footprint::onlooker;
  options.settings.offset = std::move(begin);
  return kafka::find_log_bounds(std::move(options), kLimit);
}

/// Where the audit begins: as the user says, else as the pipe began.
Result<OffsetSettings> beginning(const PipeDocument& document, const std::string& from) {
  const OffsetSettings& strategy = document.source.kafka->offset;
  if (from.empty() && strategy.strategy == OffsetStrategy::from_latest) {
    return Error{.fault = Fault::user,
                 .recovery = Recovery::stop,
                 .code = "pipe.audit",
                 .message =
                     "the pipe began at what was the end of its topics then, which nobody "
                     "wrote down; say --from"};
  }
  if (from.empty()) return strategy;
  if (as_offset(from)) return OffsetSettings{};
  OffsetSettings time{.strategy = OffsetStrategy::from_timestamp, .timestamp = from};
  if (!timestamp_ms(time)) return no_place("--from", from);
  return time;
}

/// Where it ends, log by log.
Result<std::vector<std::int64_t>> ends(const PipeDocument& document, const std::string& to,
                                       const std::vector<LogBounds>& bounds) {
  std::vector<std::int64_t> ends;
  const std::optional<std::int64_t> offset = as_offset(to);
  if (to.empty() || to == "end" || offset) {
    for (const LogBounds& log : bounds) {
      const std::int64_t committed = log.committed.value_or(log.begin);
      ends.push_back(to.empty() ? committed : offset.value_or(log.end));
    }
    return ends;
  }
  const OffsetSettings time{.strategy = OffsetStrategy::from_timestamp, .timestamp = to};
  if (!timestamp_ms(time)) return no_place("--to", to);
  PENSTOCK_TRY(later, bounds_from(document, time));
  for (const LogBounds& log : later) ends.push_back(log.begin);
  return ends;
}

}  // namespace

Result<std::vector<AuditedLog>> audit_bounds(const PipeDocument& document,
                                             const AuditOptions& options) {
  PENSTOCK_TRY(begin, beginning(document, options.from));
  PENSTOCK_TRY(bounds, bounds_from(document, std::move(begin)));
  PENSTOCK_TRY(end, ends(document, options.to, bounds));
  std::vector<AuditedLog> logs;
  for (std::size_t i = 0; i < bounds.size(); ++i) {
    const LogBounds& log = bounds[i];
    AuditedLog audited{.topic = log.topic, .partition = log.partition};
    audited.from = std::clamp(as_offset(options.from).value_or(log.begin), log.begin, log.end);
    audited.to = std::clamp(i < end.size() ? end[i] : log.end, audited.from, log.end);
    audited.after_to = log.end - audited.to;
    logs.push_back(std::move(audited));
  }
  return logs;
}

}  // namespace penstock
