#include "app/infer_command.h"

#include <fmt/core.h>
#include <fmt/format.h>

#include <cstdio>
#include <utility>

#include "engine/draft.h"
#include "engine/inference.h"
#include "spec/write_document.h"

namespace penstock {
namespace {

using spec::Value;

Value text_value(std::string text) { return Value(std::move(text)); }
Value count_value(std::uint64_t count) { return Value(static_cast<std::int64_t>(count)); }

Value list_of(const std::vector<std::string>& texts) {
  Value::List list;
  for (const std::string& text : texts) list.push_back(text_value(text));
  return Value(std::move(list));
}

Value column_value(const ProposedColumn& column) {
  Value::List reasons;
  for (const Reason& reason : column.chosen.reasons) {
    reasons.push_back(Value(Value::Map{{.key = "path", .value = text_value(reason.path)},
                                       {.key = "reason", .value = text_value(reason.text)}}));
  }
  return Value(Value::Map{{.key = "name", .value = text_value(column.name)},
                          {.key = "field", .value = text_value(column.field)},
                          {.key = "type", .value = text_value(to_string(column.chosen.type))},
                          {.key = "reasons", .value = Value(std::move(reasons))}});
}

Value reject_value(const SampleReject& reject) {
  return Value(Value::Map{{.key = "topic", .value = text_value(reject.topic)},
                          {.key = "partition", .value = Value(std::int64_t{reject.partition})},
                          {.key = "offset", .value = Value(reject.offset)},
                          {.key = "reason", .value = text_value(reject.detail)}});
}

template <class Items, class Convert>
Value values_of(const Items& items, Convert convert) {
  Value::List list;
  for (const auto& item : items) list.push_back(convert(item));
  return Value(std::move(list));
}

std::string as_json(const Inference& inference, const FinishedDraft& finished) {
  const Proposal& proposal = inference.proposal;
  const TopicSamples& read = inference.samples;
  Value samples(
      Value::Map{{.key = "messages", .value = count_value(read.messages)},
                 {.key = "rows", .value = count_value(inference.rows)},
                 {.key = "partitions", .value = count_value(read.partitions)},
                 {.key = "unreadableMessages", .value = count_value(read.unreadable_messages)},
                 {.key = "unreadable", .value = values_of(read.unreadable, reject_value)},
                 {.key = "schemas", .value = list_of(inference.schemas)}});
  Value sorting_key(
      Value::Map{{.key = "columns", .value = list_of(proposal.sorting_key.columns)},
                 {.key = "reason", .value = text_value(proposal.sorting_key.reason)}});
  return spec::write_json(
      Value(Value::Map{{.key = "document", .value = finished.document},
                       {.key = "createTable", .value = text_value(finished.create_table)},
                       {.key = "columns", .value = values_of(proposal.columns, column_value)},
                       {.key = "sortingKey", .value = std::move(sorting_key)},
                       {.key = "samples", .value = std::move(samples)},
                       {.key = "notes", .value = list_of(finished.notes)}}));
}

/// What a table was learned from, for its first comment.
std::vector<std::string> origin_text(const Inference& inference) {
  const TopicSamples& samples = inference.samples;
  const std::string read = fmt::format("{} messages of {} {}", samples.messages, samples.partitions,
                                       samples.partitions == 1 ? "partition" : "partitions");
  if (inference.schemas.empty()) {
    return {fmt::format("Columns inferred from {} rows in {}.", inference.rows, read),
            "Nothing in a sample says what comes later: look through the types.", ""};
  }
  return {fmt::format("Columns from {}; {} were read.", fmt::join(inference.schemas, ", "), read),
          ""};
}

std::string as_yaml(const Inference& inference, const FinishedDraft& finished) {
  spec::Comments comments = finished.comments;
  comments[""] = origin_text(inference);
  std::string out = spec::write_yaml(finished.document, comments);
  out += "\n# The table, as `penstock run` will create it:\n#\n# ";
  for (const char c : finished.create_table) {
    out += c;
    if (c == '\n') out += "# ";
  }
  return out + "\n";
}

void print_notes(const Inference& inference, const FinishedDraft& finished) {
  for (const std::string& note : finished.notes) fmt::print(stderr, "note: {}\n", note);
  const TopicSamples& samples = inference.samples;
  if (samples.unreadable_messages == 0) return;
  fmt::print(stderr, "{} of {} messages cannot be read:\n", samples.unreadable_messages,
             samples.messages);
  for (const SampleReject& reject : samples.unreadable) {
    fmt::print(stderr, "  {}:{} offset {}: {}\n", reject.topic, reject.partition, reject.offset,
               reject.detail);
  }
}

int fail(const std::string& subject, const Error& error) {
  const bool in_document = error.code == "pipe.document";
  if (in_document) {
    fmt::print(stderr, "{}\n", error.message);
  } else {
    fmt::print(stderr, "{}: {}\n", subject, error.text());
  }
  return in_document ? 2 : 3;
}

}  // namespace

int infer_command(const InferOptions& options) {
  const auto text = read_file(options.file);
  if (!text.ok()) {
    fmt::print(stderr, "{}: {}\n", options.file, text.error().message);
    return 2;
  }
  const auto draft = read_draft(options.file, text.value(), spec::process_environment());
  if (!draft.ok()) return fail(options.file, draft.error());
  const PipeDocument& pipe = draft.value().pipe;
  const auto inference = infer_table(pipe, {.samples = options.samples}, {});
  if (!inference.ok()) return fail(pipe.name, inference.error());
  const auto finished = finish_draft(draft.value(), inference.value().proposal);
  if (!finished.ok()) return fail(pipe.name, finished.error());

  if (options.output == "json") {
    fmt::print("{}", as_json(inference.value(), finished.value()));
  } else if (options.output == "sql") {
    fmt::print("{}\n", finished.value().create_table);
  } else {
    fmt::print("{}", as_yaml(inference.value(), finished.value()));
  }
  print_notes(inference.value(), finished.value());
  return 0;
}

}  // namespace penstock
