#include "engine/inference.h"

#include <fmt/format.h>

#include <map>
#include <utility>

#include "engine/decoders.h"
#include "engine/schema_inference.h"
#include "formats/json/observe.h"

namespace penstock {
namespace {

Error no_messages(const PipeDocument& document, const TopicSamples& samples) {
  std::string message = document.source.kafka->topics + ": there is nothing to learn from: ";
  if (samples.messages == 0) {
    message += "no messages";
  } else if (samples.unreadable.empty()) {
    message += fmt::format("no fields in {} messages", samples.messages);
  } else {
    const SampleReject& first = samples.unreadable.front();
    message += fmt::format("{} of {} messages cannot be read as {}; {} partition {} offset {}: {}",
                           samples.unreadable_messages, samples.messages,
                           kafka::wire_name(document.source.kafka->format), first.topic,
                           first.partition, first.offset, first.detail);
  }
  return {.fault = Fault::user,
          .recovery = Recovery::stop,
          .code = "infer.no_messages",
          .message = std::move(message)};
}

Result<Inference> infer_from_messages(const PipeDocument& document, const InferenceOptions& options,
                                      const std::stop_token& stop) {
  JsonObserver observer(record_limits(document.settings));
  // Of each partition apart: which comes first is chance, and fields are in the order they came.
  std::map<std::pair<std::string, std::int32_t>, Observation> seen;
  Inference inference;
  PENSTOCK_TRY(samples, read_samples(document, options.samples, stop,
                                     [&](const RecordBatch& batch, std::size_t index) {
                                       return observer.observe(
                                           {batch, index, as_text(batch.values[index])},
                                           seen[{std::string(batch.topic), batch.partition}]);
                                     }));
  Observation rows;
  for (const auto& [partition, observation] : seen) rows.merge(observation);
  inference.samples = std::move(samples);
  inference.rows = rows.records;
  inference.proposal = propose(rows);
  if (inference.proposal.columns.empty()) return no_messages(document, inference.samples);
  return inference;
}

}  // namespace

Result<Inference> infer_table(const PipeDocument& document, const InferenceOptions& options,
                              const std::stop_token& stop) {
  const bool has_schemas = document.source.kafka->format != kafka::MessageFormat::json_each_row;
  return has_schemas ? infer_from_schemas(document, options, stop)
                     : infer_from_messages(document, options, stop);
}

}  // namespace penstock
