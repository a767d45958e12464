#include "app/audit_command.h"

#include <fmt/core.h>

#include <algorithm>
#include <cstdio>

#include "engine/audit.h"
#include "engine/pipe_document.h"
#include "spec/write_document.h"

namespace penstock {
namespace {

using spec::Value;

constexpr std::size_t kMostPrinted = 100;

std::string_view name_of(Finding finding) {
  switch (finding) {
    case Finding::missing: return "missing";
    case Finding::doubled: return "double";
    case Finding::unexpected: break;
  }
  return "unexpected";
}

Value text_value(std::string_view text) { return Value(std::string(text)); }
Value count_value(std::uint64_t count) { return Value(static_cast<std::int64_t>(count)); }

Value log_value(const AuditedLog& log) {
  return Value(Value::Map{{.key = "topic", .value = text_value(log.topic)},
                          {.key = "partition", .value = Value(std::int64_t{log.partition})},
                          {.key = "from", .value = Value(log.from)},
                          {.key = "to", .value = Value(log.to)},
                          {.key = "offsetsBehind", .value = Value(log.after_to)},
                          {.key = "messages", .value = count_value(log.messages)},
                          {.key = "rows", .value = count_value(log.rows)},
                          {.key = "errorRows", .value = count_value(log.error_rows)},
                          {.key = "missing", .value = count_value(log.missing)},
                          {.key = "double", .value = count_value(log.doubled)},
                          {.key = "unexpected", .value = count_value(log.unexpected)}});
}

Value finding_value(const AuditFinding& finding) {
  return Value(Value::Map{{.key = "finding", .value = text_value(name_of(finding.run.finding))},
                          {.key = "topic", .value = text_value(finding.topic)},
                          {.key = "partition", .value = Value(std::int64_t{finding.partition})},
                          {.key = "first", .value = Value(finding.run.first)},
                          {.key = "last", .value = Value(finding.run.last)}});
}

std::string as_json(const std::string& pipe, const Audit& audit) {
  Value::List logs;
  for (const AuditedLog& log : audit.logs) logs.push_back(log_value(log));
  Value::List findings;
  for (const AuditFinding& finding : audit.findings) findings.push_back(finding_value(finding));
  Value::Map document{{.key = "pipe", .value = text_value(pipe)},
                      {.key = "clean", .value = Value(audit.is_clean())},
                      {.key = "partitions", .value = Value(std::move(logs))},
                      {.key = "findings", .value = Value(std::move(findings))},
                      {.key = "moreFindings", .value = count_value(audit.more_findings)}};
  if (audit.counts) {
    document.push_back({.key = "counts",
                        .value = Value(Value::Map{
                            {.key = "why", .value = text_value(audit.why_counts)},
                            {.key = "expected", .value = count_value(audit.counts->expected)},
                            {.key = "undecided", .value = count_value(audit.counts->undecided)},
                            {.key = "found", .value = count_value(audit.counts->found)}})});
  }
  return spec::write_json(Value(std::move(document)));
}

void print_logs(const Audit& audit) {
  std::size_t width = 16;
  for (const AuditedLog& log : audit.logs) width = std::max(width, log.topic.size() + 6);
  constexpr const char* kLine =
      "{:<{}} {:>12} {:>12} {:>12} {:>12} {:>10} {:>9} {:>9} {:>10} {:>12}\n";
  fmt::print(kLine, "partition", width, "from", "to", "messages", "rows", "error rows", "missing",
             "double", "unexpected", "behind `to`");
  for (const AuditedLog& log : audit.logs) {
    fmt::print(kLine, log.topic + ":" + std::to_string(log.partition), width, log.from, log.to,
               log.messages, log.rows, log.error_rows, log.missing, log.doubled, log.unexpected,
               log.after_to);
  }
}

void print_findings(const Audit& audit) {
  const std::size_t shown = std::min(audit.findings.size(), kMostPrinted);
  for (std::size_t i = 0; i < shown; ++i) {
    const AuditFinding& finding = audit.findings[i];
    const auto [what, first, last] = finding.run;
    fmt::print("{:<10} {}:{} offset {}{}\n", name_of(what), finding.topic, finding.partition, first,
               first == last ? "" : fmt::format(" to {}", last));
  }
  const std::uint64_t hidden = audit.findings.size() - shown + audit.more_findings;
  if (hidden > 0) fmt::print("and {} more runs of offsets\n", hidden);
}

void print_audit(const std::string& pipe, const Audit& audit) {
  print_logs(audit);
  if (audit.counts) {
    const RowCounts& counts = *audit.counts;
    fmt::print("only rows are counted: {}\n{} rows expected{}, {} found\n", audit.why_counts,
               counts.expected,
               counts.undecided > 0 ? fmt::format(" and up to {} more", counts.undecided) : "",
               counts.found);
  }
  print_findings(audit);
  fmt::print("{}: {}\n", pipe,
             audit.is_clean() ? "every message is there once" : "not as it should be");
}

}  // namespace

int audit_command(const AuditCommandOptions& options) {
  const auto documents = load_pipe_documents({options.file}, spec::process_environment());
  if (!documents.ok()) {
    fmt::print(stderr, "{}\n", documents.error().message);
    return 2;
  }
  int code = 0;
  for (const PipeDocument& document : documents.value()) {
    const auto audit = audit_pipe(document, {.from = options.from, .to = options.to});
    if (!audit.ok()) {
      fmt::print(stderr, "{}: {}\n", document.name, audit.error().text());
      code = 2;
      continue;
    }
    if (options.output == "json") {
      fmt::print("{}", as_json(document.name, audit.value()));
    } else {
      print_audit(document.name, audit.value());
    }
    if (!audit.value().is_clean()) code = std::max(code, 1);
  }
  return code;
}

}  // namespace penstock
