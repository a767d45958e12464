#include "engine/topic_samples.h"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <map>
#include <utility>

#include "engine/pipe_parts.h"
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

/// Counted apart for each partition: they arrive in any order, and the answer has one.
struct PartitionSample {
  std::int64_t next = 0;  // regions of a small partition overlap
  TopicSamples counts;
};

class Sampling {
 public:
  explicit Sampling(const Learn& learn) : learn_(learn) {}

  void add(const RecordBatch& batch) {
    PartitionSample& sample = partitions_[Partition(batch.topic, batch.partition)];
    TopicSamples& counts = sample.counts;
    for (std::size_t i = 0; i < batch.size(); ++i) {
      const std::int64_t offset = batch.offsets[i];
      if (offset < sample.next) continue;
      sample.next = offset + 1;
      const bool is_tombstone = batch.values[i].data() == nullptr;
      if (is_tombstone) continue;
      ++counts.messages;
      auto trouble = learn_(batch, i);
      if (!trouble) continue;
      ++counts.unreadable_messages;
      if (counts.unreadable.size() == kMostShown) continue;
      counts.unreadable.push_back(
          {std::string(batch.topic), batch.partition, offset, *std::move(trouble)});
    }
  }

  TopicSamples finish() {
    TopicSamples all{.partitions = partitions_.size()};
    for (auto& [partition, sample] : partitions_) {
      all.messages += sample.counts.messages;
      all.unreadable_messages += sample.counts.unreadable_messages;
      std::ranges::move(sample.counts.unreadable, std::back_inserter(all.unreadable));
    }
    all.unreadable.resize(std::min(all.unreadable.size(), kMostShown));
    return all;
  }

 private:
  const Learn& learn_;
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

}  // namespace

Result<TopicSamples> read_samples(const PipeDocument& document, std::size_t samples,
                                  const std::stop_token& stop, const Learn& learn) {
  kafka::SourceOptions reading = source_options(document);
  reading.footprint = kafka::Footprint::onlooker;
  reading.until = kafka::Until::caught_up;
  reading.prefetch_bytes = kPrefetchBytes;
  // What is there already tells more than nothing.
  kafka::OffsetSettings& start = reading.settings.offset;
  if (start.strategy == kafka::OffsetStrategy::from_latest) start = {};

  Sampling sampling(learn);
  for (const double at : kRegions) {
    reading.region = {.at = at, .offsets = static_cast<std::int64_t>(samples)};
    PENSTOCK_OK(read_region(reading, sampling, stop));
  }
  return sampling.finish();
}

}  // namespace penstock
