#include "engine/schema_inference.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "engine/schemas.h"
#include "engine/writers_seen.h"
#include "formats/avro/proposal.h"
#include "formats/inference/schema_row.h"
#include "formats/protobuf/proposal.h"
#include "formats/schema_programs.h"

namespace penstock {
namespace {

protobuf::OneofStyle oneof_style(kafka::OneOfColumns columns) {
  switch (columns) {
    case kafka::OneOfColumns::variant: return protobuf::OneofStyle::variant;
    case kafka::OneOfColumns::columns: return protobuf::OneofStyle::columns;
    case kafka::OneOfColumns::tuple: break;
  }
  return protobuf::OneofStyle::tuple;
}

/// Collects what schemas say of a row, and why some say nothing.
class SchemaRows {
 public:
  SchemaRows(const kafka::SourceSettings& settings, SchemaType type,
             std::shared_ptr<SchemaSource> source)
      : settings_(settings), type_(type), source_(std::move(source)) {}

  /// Errors: those of a registry that is away or refuses.
  Status add(const WriterSeen& writer) {
    if (!writer.file_schema.empty()) {
      return read({.type = SchemaType::avro, .text = writer.file_schema, .imports = {}}, {},
                  "the schema of container files");
    }
    return look_up(source_, writer.schema, writer.message_indexes, schema_text(writer.schema));
  }

  /// What the registry has for the topics, where no schema was found otherwise.
  Status add_topics() {
    const std::vector<std::string> before = std::exchange(troubles_, {});
    for (const std::string& topic : kafka::topic_names(settings_)) {
      PENSTOCK_TRY(source, make_topic_schema_source(settings_, topic));
      if (source == nullptr) continue;
      PENSTOCK_OK(look_up(std::move(source), ConfiguredSchema{}, {},
                          fmt::format("the registry's latest schema for {}", topic)));
    }
    if (is_empty()) troubles_.insert(troubles_.begin(), before.begin(), before.end());
    return done();
  }

  bool is_empty() const { return rows_.empty(); }
  const std::vector<SchemaRow>& rows() const { return rows_; }
  const std::vector<std::string>& troubles() const { return troubles_; }
  const RecordRefusal& first_refusal() const { return first_refusal_; }

 private:
  Status look_up(std::shared_ptr<SchemaSource> source, const SchemaName& name,
                 const MessageIndexes& indexes, const std::string& called) {
    SchemaLookup lookup(std::move(source), type_);
    const auto schema = lookup.find(name);
    if (schema != nullptr) return read(*schema, indexes, called);
    if (lookup.outage()) return *lookup.outage();
    return note(lookup.refusal());
  }

  Status read(const RegisteredSchema& schema, const MessageIndexes& indexes,
              const std::string& called) {
    auto rows = propose_rows(schema, indexes, called);
    if (!rows.ok()) {
      return note({.code = "schema.unusable",
                   .detail = fmt::format("{}: {}", called, rows.error().message)});
    }
    std::ranges::move(rows.value(), std::back_inserter(rows_));
    return done();
  }

  Result<std::vector<SchemaRow>> propose_rows(const RegisteredSchema& schema,
                                              const MessageIndexes& indexes,
                                              const std::string& called) const {
    if (type_ == SchemaType::avro) return avro::propose_rows(schema, called);
    PENSTOCK_TRY(row, protobuf::propose_row(schema,
                                            {.indexes = indexes,
                                             .message = settings_.protobuf_message,
                                             .oneofs = oneof_style(settings_.protobuf_one_of)},
                                            called));
    return std::vector{std::move(row)};
  }

  Status note(const RecordRefusal& refusal) {
    if (first_refusal_.code.empty()) first_refusal_ = refusal;
    troubles_.push_back(refusal.detail);
    return done();
  }

  const kafka::SourceSettings& settings_;
  const SchemaType type_;
  const std::shared_ptr<SchemaSource> source_;
  std::vector<SchemaRow> rows_;
  std::vector<std::string> troubles_;
  RecordRefusal first_refusal_;
};

Error no_schema(const kafka::SourceSettings& settings, const SchemaRows& rows) {
  return {.fault = Fault::user,
          .recovery = Recovery::stop,
          .code = rows.first_refusal().code,
          .message = fmt::format("{}: SOURCE_SCHEMA_ERROR: there is no schema to learn from: {}",
                                 settings.topics, fmt::join(rows.troubles(), "; "))};
}

bool names_none(const WriterSeen& writer) {
  return std::holds_alternative<ConfiguredSchema>(writer.schema) && writer.file_schema.empty();
}

}  // namespace

Result<Inference> infer_from_schemas(const PipeDocument& document, const InferenceOptions& options,
                                     const std::stop_token& stop) {
  const kafka::SourceSettings& settings = *document.source.kafka;
  WritersSeen seen(document);
  Inference inference;
  PENSTOCK_TRY(samples, read_samples(document, options.samples, stop,
                                     [&](const RecordBatch& batch, std::size_t index) {
                                       return seen.add(batch, index);
                                     }));
  inference.samples = std::move(samples);

  std::vector<WriterSeen> writers = seen.newest_first();
  if (writers.empty()) writers.emplace_back();
  PENSTOCK_TRY(source, make_schema_source(settings));
  SchemaRows rows(settings, seen.type(), std::move(source));
  for (const WriterSeen& writer : writers) PENSTOCK_OK(rows.add(writer));
  const bool asks_for_topics = rows.is_empty() && std::ranges::any_of(writers, names_none);
  if (asks_for_topics) PENSTOCK_OK(rows.add_topics());
  if (rows.is_empty()) return no_schema(settings, rows);

  inference.proposal = propose(rows.rows());
  for (const SchemaRow& row : rows.rows()) inference.schemas.push_back(row.schema);
  std::ranges::copy(rows.troubles(), std::back_inserter(inference.proposal.left_out));
  if (asks_for_topics && inference.samples.messages > 0) {
    inference.proposal.left_out.emplace_back(
        "the messages name no schema: name it in source.kafka.schemaRegistry, or the pipe will "
        "refuse them");
  }
  return inference;
}

}  // namespace penstock
