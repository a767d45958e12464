#include "kafka/client.h"

#include <array>

#include "base/log.h"

namespace penstock::kafka {
namespace {

using Configuration = std::unique_ptr<rd_kafka_conf_t, Destroyer<rd_kafka_conf_destroy>>;

// librdkafka tells every failed connection attempt here; what matters comes back
// as an event too, and the engine says that once a minute.
void write_log(const rd_kafka_t* handle, int level, const char* facility, const char* text) {
  constexpr int kCritical = 2;  // of syslog
  log::write(level <= kCritical ? log::Level::error : log::Level::debug, text,
             {{"client", handle == nullptr ? "" : rd_kafka_name(handle)}, {"facility", facility}});
}

Error refused_setting(std::string message) {
  return Error{.fault = Fault::user,
               .recovery = Recovery::stop,
               .code = "kafka.config",
               .message = std::move(message)};
}

Status set(rd_kafka_conf_t* configuration, const std::string& name, const std::string& value) {
  std::array<char, 512> reason{};
  const auto outcome =
      rd_kafka_conf_set(configuration, name.c_str(), value.c_str(), reason.data(), reason.size());
  if (outcome == RD_KAFKA_CONF_OK) return done();
  if (outcome == RD_KAFKA_CONF_UNKNOWN) {
    return refused_setting("kafka." + name + " is no setting of the Kafka client; remove it");
  }
  // The reason quotes the value, so secrets are named without it.
  const bool secret = name.find("password") != name.npos || name.find("pem") != name.npos;
  return refused_setting("the Kafka client refused kafka." + name +
                         (secret ? "" : ": " + std::string(reason.data())));
}

}  // namespace

PartitionList make_partition_list(int size) {
  return PartitionList(rd_kafka_topic_partition_list_new(size));
}

Result<std::shared_ptr<Client>> Client::make(const ClientSettings& settings) {
  Configuration configuration(rd_kafka_conf_new());
  for (const auto& [name, value] : settings) {
    PENSTOCK_OK(set(configuration.get(), name, value));
  }
  rd_kafka_conf_set_log_cb(configuration.get(), write_log);
  rd_kafka_conf_set_events(configuration.get(), RD_KAFKA_EVENT_REBALANCE | RD_KAFKA_EVENT_ERROR |
                                                    RD_KAFKA_EVENT_OFFSET_COMMIT);

  std::array<char, 512> reason{};
  rd_kafka_t* handle =
      rd_kafka_new(RD_KAFKA_CONSUMER, configuration.get(), reason.data(), reason.size());
  if (handle == nullptr) {
    return refused_setting("the Kafka client cannot start: " + std::string(reason.data()));
  }
  (void)configuration.release();  // now the handle's
  return std::shared_ptr<Client>(new Client(handle));
}

Client::Client(rd_kafka_t* handle) : handle_(handle) {
  rd_kafka_poll_set_consumer(handle_);  // errors of brokers join the consumer queue
  events_.reset(rd_kafka_queue_get_consumer(handle_));
  records_.reset(rd_kafka_queue_new(handle_));
  commits_.reset(rd_kafka_queue_new(handle_));
}

Client::~Client() {
  forget_handed_back();
  commits_.reset();
  records_.reset();
  events_.reset();
  if (awaits_assignment_) return;
  rd_kafka_destroy_flags(handle_, RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE);
}

void Client::forward_records(const char* topic, std::int32_t partition) {
  const Queue queue(rd_kafka_queue_get_partition(handle_, topic, partition));
  if (queue) rd_kafka_queue_forward(queue.get(), records_.get());
}

void Client::hand_back(const char* topic, std::int32_t partition) {
  Queue queue(rd_kafka_queue_get_partition(handle_, topic, partition));
  if (!queue) return;
  rd_kafka_queue_forward(queue.get(), nullptr);
  handed_back_.push_back(std::move(queue));
}

void Client::forget_handed_back() {
  std::array<rd_kafka_message_t*, 64> raw{};
  for (const Queue& queue : handed_back_) {
    ssize_t count = 0;
    do {
      count = rd_kafka_consume_batch_queue(queue.get(), 0, raw.data(), raw.size());
      for (ssize_t i = 0; i < count; ++i) {
        rd_kafka_message_destroy(raw[static_cast<std::size_t>(i)]);
      }
    } while (count > 0);
  }
  handed_back_.clear();
}

Event Client::next_event(std::chrono::milliseconds wait) const {
  return Event(rd_kafka_queue_poll(events_.get(), static_cast<int>(wait.count())));
}

}  // namespace penstock::kafka
