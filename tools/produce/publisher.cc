#include "produce/publisher.h"

#include <fmt/format.h>
#include <librdkafka/rdkafka.h>

#include <array>
#include <utility>

namespace penstock::produce {

struct Publisher::State {
  rd_kafka_t* client = nullptr;
  std::string topic;
  std::uint64_t refused = 0;
  std::string first_refusal;

  ~State() {
    if (client != nullptr) rd_kafka_destroy(client);
  }

  static void on_delivery(rd_kafka_t*, const rd_kafka_message_t* message, void* opaque) {
    if (message->err == RD_KAFKA_RESP_ERR_NO_ERROR) return;
    auto& state = *static_cast<State*>(opaque);
    if (state.refused++ == 0) state.first_refusal = rd_kafka_err2str(message->err);
  }
};

namespace {

constexpr int kFlushMs = 60'000;
constexpr int kCreateMs = 30'000;

constexpr std::array<std::pair<const char*, const char*>, 7> kSettings = {{
    {"enable.idempotence", "true"},
    {"compression.type", "lz4"},
    {"batch.size", "1000000"},
    {"batch.num.messages", "10000"},
    {"queue.buffering.max.messages", "200000"},
    {"log_level", "3"},
    {"partitioner", "murmur2_random"},  // what Java's producers do
}};

Error failure(std::string message) {
  return {.fault = Fault::remote, .code = "kafka.client", .message = std::move(message)};
}

}  // namespace

Publisher::Publisher(std::unique_ptr<State> state) : state_(std::move(state)) {}
Publisher::Publisher(Publisher&&) noexcept = default;
Publisher::~Publisher() = default;

Result<Publisher> Publisher::open(const std::string& brokers, std::string topic,
                                  std::chrono::milliseconds linger) {
  auto state = std::make_unique<State>();
  state->topic = std::move(topic);
  std::array<char, 512> why{};
  rd_kafka_conf_t* conf = rd_kafka_conf_new();
  const auto set = [&](const char* name, const char* value) {
    return rd_kafka_conf_set(conf, name, value, why.data(), why.size()) == RD_KAFKA_CONF_OK;
  };
  bool accepted = set("bootstrap.servers", brokers.c_str()) &&
                  set("linger.ms", std::to_string(linger.count()).c_str());
  for (const auto& [name, value] : kSettings) accepted = accepted && set(name, value);
  if (!accepted) {
    rd_kafka_conf_destroy(conf);
    return failure(why.data());
  }
  rd_kafka_conf_set_opaque(conf, state.get());
  rd_kafka_conf_set_dr_msg_cb(conf, State::on_delivery);
  state->client = rd_kafka_new(RD_KAFKA_PRODUCER, conf, why.data(), why.size());
  if (state->client == nullptr) {
    rd_kafka_conf_destroy(conf);
    return failure(why.data());
  }
  return Publisher(std::move(state));
}

Status Publisher::create_topic(int partitions) {
  std::array<char, 512> why{};
  rd_kafka_NewTopic_t* topic =
      rd_kafka_NewTopic_new(state_->topic.c_str(), partitions, 1, why.data(), why.size());
  if (topic == nullptr) return failure(why.data());
  rd_kafka_queue_t* answers = rd_kafka_queue_new(state_->client);
  rd_kafka_CreateTopics(state_->client, &topic, 1, nullptr, answers);
  rd_kafka_event_t* answer = rd_kafka_queue_poll(answers, kCreateMs);

  Status status = done();
  if (answer == nullptr || rd_kafka_event_error(answer) != RD_KAFKA_RESP_ERR_NO_ERROR) {
    status = failure(fmt::format(
        "topic {} was not created: {}", state_->topic,
        answer == nullptr ? "no broker answered" : rd_kafka_event_error_string(answer)));
  } else {
    std::size_t topics = 0;
    const auto* created =
        rd_kafka_CreateTopics_result_topics(rd_kafka_event_CreateTopics_result(answer), &topics);
    const auto code = rd_kafka_topic_result_error(created[0]);
    if (code != RD_KAFKA_RESP_ERR_NO_ERROR && code != RD_KAFKA_RESP_ERR_TOPIC_ALREADY_EXISTS) {
      status = failure(fmt::format("topic {} was not created: {}", state_->topic,
                                   rd_kafka_topic_result_error_string(created[0])));
    }
  }
  if (answer != nullptr) rd_kafka_event_destroy(answer);
  rd_kafka_queue_destroy(answers);
  rd_kafka_NewTopic_destroy(topic);
  return status;
}

Status Publisher::send(std::string_view key, std::string_view value) {
  for (;;) {
    const auto code =
        rd_kafka_producev(state_->client, RD_KAFKA_V_TOPIC(state_->topic.c_str()),
                          RD_KAFKA_V_KEY(key.data(), key.size()),
                          // librdkafka only reads it, as it is told to copy.
                          RD_KAFKA_V_VALUE(const_cast<char*>(value.data()), value.size()),
                          RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY), RD_KAFKA_V_END);
    if (code == RD_KAFKA_RESP_ERR_NO_ERROR) break;
    if (code != RD_KAFKA_RESP_ERR__QUEUE_FULL) return failure(rd_kafka_err2str(code));
    rd_kafka_poll(state_->client, 100);
  }
  rd_kafka_poll(state_->client, 0);
  return done();
}

Status Publisher::flush() {
  rd_kafka_flush(state_->client, kFlushMs);
  const int unsent = rd_kafka_outq_len(state_->client);
  if (unsent == 0 && state_->refused == 0) return done();
  return failure(fmt::format("{} messages were not acknowledged in time, {} were refused: {}",
                             unsent, state_->refused, state_->first_refusal));
}

}  // namespace penstock::produce
