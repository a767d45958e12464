#include "engine/inference.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <utility>

#include "engine/decoders.h"
#include "engine/pipe_parts.h"
#include "formats/json/observe.h"
#include "kafka/source.h"

namespace penstock {
namespace {

using namespace std::chrono_literals;

constexpr auto kPollWait = 100ms;
constexpr auto kCloseLimit = 2000ms;
constexpr std::size_t kPollRecords = 1000;
constexpr std::size_t kPrefetchBytes = 16u << 20;
constexpr std::size_t kMostShown = 10;
constexpr double kRegions[] = {0.0, 0.5, 1.0};

using Partition = std::pair<std::string, std::int32_t>;

/// What was seen of one partition. Apart from the others: they arrive in any order.
struct PartitionSample {
  std::int64_t next = 0;  // regions of a small partition overlap
  std::uint64_t messages = 0;
  std::uint64_t unreadable_messages = 0;
  std::vector<SampleReject> unreadable;
  Observation rows;
};

class Sampling {
 public:
  explicit Sampling(RecordLimits limits) : observer_(limits) {}

  void add(const RecordBatch& batch) {
    PartitionSample& sample = partitions_[Partition(batch.topic, batch.partition)];
    for (std::size_t i = 0; i < batch.size(); ++i) {
      const std::int64_t offset = batch.offsets[i];
      if (offset < sample.next) continue;
      sample.next = offset + 1;
      const bool is_tombstone = batch.values[i].data() == nullptr;
      if (is_tombstone) continue;
      ++sample.messages;
      auto trouble = observer_.observe({batch, i, as_text(batch.values[i])}, sample.rows);
      if (!trouble) continue;
      ++sample.unreadable_messages;
      if (sample.unreadable.size() == kMostShown) continue;
      sample.unreadable.push_back(
          {std::string(batch.topic), batch.partition, offset, *std::move(trouble)});
    }
  }

  Inference finish() {
    Inference inference;
    Observation rows;
    for (auto& [partition, sample] : partitions_) {
      rows.merge(sample.rows);
      inference.messages += sample.messages;
      inference.unreadable_messages += sample.unreadable_messages;
      std::move(sample.unreadable.begin(), sample.unreadable.end(),
                std::back_inserter(inference.unreadable));
    }
    inference.unreadable.resize(std::min(inference.unreadable.size(), kMostShown));
    inference.partitions = partitions_.size();
    inference.rows = rows.records;
    inference.proposal = propose(rows);
    return inference;
  }

 private:
  JsonObserver observer_;
  std::map<Partition, PartitionSample> partitions_;
};

Status read_region(kafka::SourceOptions options, Sampling& sampling, const std::stop_token& stop) {
  PENSTOCK_TRY(source, kafka::make_source(std::move(options)));
  PENSTOCK_OK(source->open());
  while (!stop.stop_requested()) {
    PENSTOCK_TRY(polled, source->poll({.records = kPollRecords, .wait = kPollWait}));
    for (const RecordBatch& batch : polled.payloads) sampling.add(batch);
    if (polled.payloads.empty() && polled.caught_up) break;
  }
  return source->close(kCloseLimit);
}

Error no_messages(const PipeDocument& document, const Inference& inference) {
  std::string message = document.source.kafka->topics + ": there is nothing to learn from: ";
  if (inference.messages == 0) {
    message += "no messages";
  } else if (inference.unreadable.empty()) {
    message += fmt::format("no fields in {} messages", inference.messages);
  } else {
    const SampleReject& first = inference.unreadable.front();
    message += fmt::format("{} of {} messages cannot be read as {}; {} partition {} offset {}: {}",
                           inference.unreadable_messages, inference.messages,
                           kafka::wire_name(document.source.kafka->format), first.topic,
                           first.partition, first.offset, first.detail);
  }
  return {.fault = Fault::user,
          .recovery = Recovery::stop,
          .code = "infer.no_messages",
          .message = std::move(message)};
}

Error needs_json(kafka::MessageFormat format) {
  return {.fault = Fault::user,
          .recovery = Recovery::stop,
          .code = "pipe.document",
          .message = fmt::format("source.kafka.format: columns cannot be inferred for {} yet; list "
                                 "them under destination.columns",
                                 kafka::wire_name(format))};
}

}  // namespace

Result<Inference> infer_table(const PipeDocument& document, const InferenceOptions& options,
                              const std::stop_token& stop) {
  const kafka::MessageFormat format = document.source.kafka->format;
  if (format != kafka::MessageFormat::json_each_row) return needs_json(format);

  kafka::SourceOptions reading = source_options(document);
  reading.footprint = kafka::Footprint::onlooker;
  reading.until = kafka::Until::caught_up;
  reading.prefetch_bytes = kPrefetchBytes;
  // What is there already tells more than nothing.
  kafka::OffsetSettings& start = reading.settings.offset;
  if (start.strategy == kafka::OffsetStrategy::from_latest) start = {};

  Sampling sampling(record_limits(document.settings));
  for (const double at : kRegions) {
    reading.region = {.at = at, .offsets = static_cast<std::int64_t>(options.samples)};
    PENSTOCK_OK(read_region(reading, sampling, stop));
  }
  Inference inference = sampling.finish();
  if (inference.proposal.columns.empty()) return no_messages(document, inference);
  return inference;
}

}  // namespace penstock
