// What it costs to read a topic, and nothing else: polls the Kafka source as a lane does, looks at
// every payload once, and prints one JSON line. Needs a broker with a topic in it.

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdint>
#include <cstdio>
#include <string>

#include "consume/allocations.h"
#include "kafka/source.h"
#include "usage.h"

namespace {

using namespace penstock;
using namespace std::chrono_literals;

constexpr std::uint64_t kWarmUpRecords = 100'000;

struct Options {
  std::string brokers;
  std::string topic = "events";
  std::size_t records = 10'000;
  std::size_t prefetch_bytes = 64u << 20;
  std::vector<std::string> client;
};

struct Totals {
  std::uint64_t rows = 0;
  std::uint64_t bytes = 0;
  std::uint64_t batches = 0;
  std::uint64_t polls = 0;
  std::uint64_t warm_rows = 0;         // those after the warm-up
  std::uint64_t warm_allocations = 0;  // ours on the lane, since then
  std::uint64_t hash = 0;              // does not depend on the order of the logs
};

Result<kafka::SourceOptions> source_options(const Options& options) {
  kafka::SourceOptions source{.pipe = "consume-probe",
                              .until = kafka::Until::caught_up,
                              .footprint = kafka::Footprint::onlooker,
                              .prefetch_bytes = options.prefetch_bytes};
  source.settings.brokers = "PLAINTEXT://" + options.brokers;
  source.settings.topics = options.topic;
  for (const std::string& setting : options.client) {
    const auto equals = setting.find('=');
    if (equals == setting.npos) {
      return Error{.fault = Fault::user,
                   .recovery = Recovery::stop,
                   .code = "kafka.config",
                   .message = "--client takes name=value, not " + setting};
    }
    source.client[setting.substr(0, equals)] = setting.substr(equals + 1);
  }
  return source;
}

// A decoder reads every cache line of a payload once; so does this.
std::uint64_t look_at(Bytes payload) {
  constexpr std::size_t kCacheLine = 64;
  std::uint64_t sum = payload.size();
  for (std::size_t i = 0; i < payload.size(); i += kCacheLine) {
    sum += static_cast<std::uint64_t>(payload[i]);
  }
  return sum;
}

void count(const RecordBatch& batch, Totals& totals) {
  ++totals.batches;
  totals.rows += batch.size();
  for (std::size_t i = 0; i < batch.size(); ++i) {
    totals.bytes += batch.values[i].size();
    totals.hash += look_at(batch.values[i]) * static_cast<std::uint64_t>(batch.offsets[i] + 1);
  }
}

Result<Totals> consume(Source<RecordBatch>& source, std::size_t records) {
  PENSTOCK_OK(source.open());
  Totals totals;
  for (bool caught_up = false; !caught_up;) {
    const bool warm = totals.rows > kWarmUpRecords;
    const std::uint64_t rows = totals.rows;
    const std::uint64_t allocations = bench::allocations_of_thread();
    auto polled = source.poll({.records = records, .wait = 50ms});
    if (!polled.ok()) return std::move(polled).error();
    ++totals.polls;
    for (RecordBatch& batch : polled.value().payloads) {
      count(batch, totals);
      source.recycle(std::move(batch));
    }
    caught_up = polled.value().caught_up;
    if (!warm) continue;
    totals.warm_rows += totals.rows - rows;
    totals.warm_allocations += bench::allocations_of_thread() - allocations;
  }
  return totals;
}

Status run(const Options& options) {
  PENSTOCK_TRY(source_settings, source_options(options));
  PENSTOCK_TRY(source, kafka::make_source(std::move(source_settings)));
  const bench::Usage before = bench::usage_of_process();
  PENSTOCK_TRY(totals, consume(*source, options.records));
  const bench::Usage used = bench::usage_of_process() - before;
  const bench::Usage lane = bench::usage_of_thread();
  constexpr std::int64_t kKibPerMb = 1000 * 1000 / 1024;
  fmt::print(R"({{"case":"consume","system":"penstock","rows":{},"bytes":{},"cpu_s":{:.3f},)"
             R"("sys_s":{:.3f},"lane_cpu_s":{:.3f},"wall_s":{:.3f},"peak_rss_mb":{},"polls":{},)"
             R"("batches":{},"warm_rows":{},"warm_allocations":{},"hash":"{:016x}"}})"
             "\n",
             totals.rows, totals.bytes, used.user + used.system, used.system,
             lane.user + lane.system, used.wall, bench::peak_rss_kib() / kKibPerMb, totals.polls,
             totals.batches, totals.warm_rows, totals.warm_allocations, totals.hash);
  return done();
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  CLI::App app{"Reads a topic from its beginning to its end and says what that cost."};
  app.add_option("--brokers", options.brokers, "host:port, several by comma")->required();
  app.add_option("--topic", options.topic, "What to read")->capture_default_str();
  app.add_option("--records", options.records, "Most records per poll")->capture_default_str();
  app.add_option("--prefetch", options.prefetch_bytes, "Bytes fetched ahead")
      ->capture_default_str();
  app.add_option("--client", options.client, "name=value for librdkafka, repeatable");
  CLI11_PARSE(app, argc, argv);
  if (const Status status = run(options); !status.ok()) {
    fmt::print(stderr, "penstock_consume_probe: {}\n", status.error().text());
    return 1;
  }
  return 0;
}
