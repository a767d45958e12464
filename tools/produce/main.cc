#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdio>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <thread>

#include "produce/broken.h"
#include "produce/event.h"
#include "produce/message_format.h"
#include "produce/order.h"
#include "produce/publisher.h"

namespace {

using namespace penstock;
using namespace penstock::produce;
using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr milliseconds kBulkLinger{50};
constexpr milliseconds kPacedLinger{5};  // librdkafka's default: requests that go out early

struct Options {
  std::string event = "web";
  MessageFormat format = MessageFormat::json;
  std::optional<std::uint32_t> schema_id;
  std::string brokers;
  std::string topic = "events";
  int partitions = 0;
  std::uint64_t count = 1'000'000;
  std::uint64_t broken = 0;
  std::uint64_t seed = 1;
  std::uint64_t rate = 0;
  bool print = false;
  bool columns = false;
  bool schema = false;
};

using Take = std::function<Status(std::string_view key, std::string_view value)>;

std::string formatted(const Options& options, std::string json) {
  return in_format(options.format, options.event, std::move(json), options.schema_id);
}

/// Hands every message of the run to `take`, in order; returns the bytes of all values.
Result<std::uint64_t> make_messages(const Options& options, const Take& take) {
  std::uint64_t bytes = 0;
  std::uint64_t broken = 0;
  const auto send = [&](const std::string& key, const std::string& value) {
    bytes += value.size();
    return take(key, value);
  };
  for (std::uint64_t id = 0; id <= options.count; ++id) {
    const auto due =
        id == options.count ? options.broken : broken_before(id, options.count, options.broken);
    for (; broken < due; ++broken) {
      Event event = make_event(options.seed, options.count + broken);
      const std::string key = event.key;
      PENSTOCK_OK(send(key, to_broken_message(std::move(event), broken)));
    }
    if (id == options.count) break;
    if (options.event == "web") {
      const Event event = make_event(options.seed, id);
      PENSTOCK_OK(send(event.key, formatted(options, to_json(event))));
    } else {
      const OrderSize size = options.event == "long_order" ? kLongOrder : OrderSize();
      const Order order = make_order(options.seed, id, size);
      PENSTOCK_OK(send(order.key, formatted(options, order.json)));
    }
  }
  return bytes;
}

void print_columns(const std::string& event) {
  for (const auto& [name, type] : event == "web" ? event_columns() : order_columns()) {
    fmt::print("{} {}\n", name, type);
  }
}

Result<std::uint64_t> print(const Options& options) {
  MessageFile file(options.format, options.event);
  auto bytes = make_messages(options, [&file](std::string_view, std::string_view value) {
    file.add(value);
    return done();
  });
  file.finish();
  return bytes;
}

/// Waits until the message with this number is due at `rate` messages a second; 0 is no limit.
void wait_for_turn(Clock::time_point started, std::uint64_t number, std::uint64_t rate) {
  if (rate == 0) return;
  const auto due = std::chrono::duration<double>(static_cast<double>(number) / rate);
  std::this_thread::sleep_until(started + std::chrono::duration_cast<Clock::duration>(due));
}

Result<std::uint64_t> publish(const Options& options) {
  const auto linger = options.rate > 0 ? kPacedLinger : kBulkLinger;
  PENSTOCK_TRY(publisher, Publisher::open(options.brokers, options.topic, linger));
  if (options.partitions > 0) PENSTOCK_OK(publisher.create_topic(options.partitions));
  const auto started = Clock::now();
  std::uint64_t sent = 0;
  PENSTOCK_TRY(bytes, make_messages(options, [&](std::string_view key, std::string_view value) {
                 wait_for_turn(started, sent++, options.rate);
                 return publisher.send(key, value);
               }));
  PENSTOCK_OK(publisher.flush());
  return bytes;
}

int run(const Options& options) {
  const auto started = Clock::now();
  const auto bytes = options.print ? print(options) : publish(options);
  if (!bytes.ok()) {
    fmt::print(stderr, "penstock_produce: {}\n", bytes.error().text());
    return 1;
  }
  const double seconds = std::chrono::duration<double>(Clock::now() - started).count();
  fmt::print(stderr, "produced {} events and {} broken messages, {} bytes in {:.1f} s\n",
             options.count, options.broken, bytes.value(), seconds);
  return 0;
}

/// What contradicts itself; nothing when all is well.
std::string_view complaint(const Options& options) {
  const bool is_json = options.format == MessageFormat::json;
  if ((options.event != "web" || !is_json) && options.broken > 0) {
    return "--broken makes broken web events in JSON only";
  }
  if (options.schema_id && is_json) return "--schema-id is for Avro and Protobuf";
  if (options.schema_id && options.print) return "files that are printed hold no --schema-id";
  if (!options.print && options.brokers.empty()) return "give --brokers, or --print to only look";
  return "";
}

void describe(CLI::App& app, Options& options) {
  const std::map<std::string, MessageFormat> formats = {{"json", MessageFormat::json},
                                                        {"avro", MessageFormat::avro},
                                                        {"protobuf", MessageFormat::protobuf}};
  app.add_option("--event", options.event,
                 "web: about 260 bytes; order: about 1,500, nested; long_order: 2,450")
      ->check(CLI::IsMember({"web", "order", "long_order"}))
      ->capture_default_str();
  app.add_option("--format", options.format, "json (default), avro or protobuf")
      ->transform(CLI::Transformer(formats));
  app.add_option("--schema-id", options.schema_id,
                 "The frame of a Confluent registry, for this id");
  auto* brokers = app.add_option("--brokers", options.brokers, "host:port, several by comma");
  app.add_option("--topic", options.topic, "Where the events go")->capture_default_str();
  app.add_option("--partitions", options.partitions, "Create the topic with so many");
  app.add_option("--count", options.count, "Events to produce")->capture_default_str();
  app.add_option("--broken", options.broken, "Broken messages spread between them");
  app.add_option("--seed", options.seed, "Another seed, other events")->capture_default_str();
  app.add_option("--rate", options.rate, "Events a second; without it as fast as it goes");
  app.add_flag("--print", options.print,
               "Print the values instead: one per line, an Avro file, Protobuf with lengths")
      ->excludes(brokers);
  app.add_flag("--columns", options.columns, "Print the table's columns instead, one per line");
  app.add_flag("--schema", options.schema, "Print the schema of the format instead");
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  CLI::App app{"Fills a Kafka topic with made-up events, always the same for one seed."};
  describe(app, options);
  CLI11_PARSE(app, argc, argv);
  if (options.columns) {
    print_columns(options.event);
    return 0;
  }
  if (options.schema) {
    fmt::print("{}\n", schema_of(options.format, options.event));
    return 0;
  }
  if (const std::string_view wrong = complaint(options); !wrong.empty()) {
    fmt::print(stderr, "penstock_produce: {}\n", wrong);
    return 2;
  }
  return run(options);
}
