#include "app/errors_command.h"

#include <fmt/core.h>

#include <cstdio>
#include <functional>

#include "app/edit_program.h"
#include "clickhouse/error_listing.h"
#include "clickhouse/sink.h"
#include "engine/error_replay.h"
#include "engine/pipe_document.h"
#include "spec/write_document.h"

namespace penstock {
namespace {

using spec::Value;

/// Runs `act` on each pipe of the file; the exit code of the worst.
int for_each_pipe(const std::string& file, const std::function<Status(const PipeDocument&)>& act) {
  const auto documents = load_pipe_documents({file}, spec::process_environment());
  if (!documents.ok()) {
    fmt::print(stderr, "{}\n", documents.error().message);
    return 2;
  }
  int code = 0;
  for (const PipeDocument& document : documents.value()) {
    const Status outcome = act(document);
    if (outcome.ok()) continue;
    const Error& error = outcome.error();
    const bool has_none =
        error.code == "clickhouse.missing_table" &&
        error.message.find(clickhouse::error_table_name(document.destination)) != std::string::npos;
    if (has_none) {
      fmt::print(stderr, "{}: no message was ever set aside\n", document.name);
      continue;
    }
    fmt::print(stderr, "{}: {}\n", document.name, error.text());
    code = 3;
  }
  return code;
}

Status print_errors(const PipeDocument& document, const ListErrorsOptions& options) {
  const clickhouse::DestinationSettings& destination = document.destination;
  PENSTOCK_TRY(client, clickhouse::Client::make(clickhouse::client_settings(destination)));
  PENSTOCK_TRY(text, clickhouse::list_errors(*client, destination,
                                             {.pipe = document.name,
                                              .where = options.where,
                                              .limit = options.limit,
                                              .whole = options.whole,
                                              .as_json = options.output == "json"}));
  fmt::print("{}", text);
  return done();
}

Value count_value(std::uint64_t count) { return Value(static_cast<std::int64_t>(count)); }

std::string as_json(const std::string& pipe, const ReplayOutcome& outcome) {
  Value::List left;
  for (const auto& [field, part] : outcome.left) {
    left.push_back(Value(Value::Map{{.key = "field", .value = Value(field)},
                                    {.key = "messages", .value = count_value(part.messages)},
                                    {.key = "example", .value = Value(part.example)}}));
  }
  Value::List notes;
  for (const std::string& note : outcome.notes) notes.push_back(Value(note));
  return spec::write_json(
      Value(Value::Map{{.key = "pipe", .value = Value(pipe)},
                       {.key = "messages", .value = count_value(outcome.messages)},
                       {.key = "replayed", .value = count_value(outcome.replayed)},
                       {.key = "foundInTable", .value = count_value(outcome.found)},
                       {.key = "rows", .value = count_value(outcome.rows)},
                       {.key = "leftMessages", .value = count_value(outcome.left_messages())},
                       {.key = "left", .value = Value(std::move(left))},
                       {.key = "notes", .value = Value(std::move(notes))}}));
}

void print_outcome(const std::string& pipe, const ReplayOutcome& outcome, bool dry_run) {
  for (const std::string& note : outcome.notes) fmt::print("{}: {}\n", pipe, note);
  fmt::print("{}: {} messages looked at, {} {}replayed ({} rows; {} were in the table), {} left\n",
             pipe, outcome.messages, outcome.replayed, dry_run ? "would be " : "", outcome.rows,
             outcome.found, outcome.left_messages());
  for (const auto& [field, part] : outcome.left) {
    fmt::print("  {} left{}, as {}\n", part.messages,
               field.empty() ? "" : " for column \"" + field + "\"", part.example);
  }
}

Unsure unsure_of(const std::string& text) {
  if (text == "send") return Unsure::send;
  return text == "mark" ? Unsure::mark : Unsure::stop;
}

Status replay(const PipeDocument& document, const ReplayErrorsOptions& options) {
  ReplayOptions how{.where = options.where,
                    .dry_run = options.dry_run,
                    .page = {.messages = options.batch},
                    .unsure = unsure_of(options.unsure),
                    .edit = {}};
  if (!options.edit.empty()) {
    how.edit = [&options](const clickhouse::ErrorRow& row) {
      return edit_message(options.edit, row);
    };
  }
  PENSTOCK_TRY(outcome, replay_errors(document, how));
  if (options.output == "json") {
    fmt::print("{}", as_json(document.name, outcome));
  } else {
    print_outcome(document.name, outcome, options.dry_run);
  }
  return done();
}

}  // namespace

int list_errors_command(const ListErrorsOptions& options) {
  return for_each_pipe(
      options.file, [&](const PipeDocument& document) { return print_errors(document, options); });
}

int replay_errors_command(const ReplayErrorsOptions& options) {
  return for_each_pipe(options.file,
                       [&](const PipeDocument& document) { return replay(document, options); });
}

}  // namespace penstock
