#include "kafka/health.h"

#include <array>

#include "base/log.h"
#include "kafka/errors.h"
#include "kafka/topics.h"

namespace penstock::kafka {
namespace {

// After a fatal error librdkafka answers nothing but that error.
Error fatal_error(const Client& client) {
  std::array<char, 512> reason{};
  const auto code = rd_kafka_fatal_error(client.handle(), reason.data(), reason.size());
  Error error = failed_to("the Kafka client gave up, " + std::string(reason.data()), code);
  error.recovery = Recovery::stop;
  return error;
}

}  // namespace

Status Health::note(const Client& client, rd_kafka_event_t& event) {
  const auto code = rd_kafka_event_error(&event);
  if (code == RD_KAFKA_RESP_ERR__FATAL) return fatal_error(client);
  const char* text = rd_kafka_event_error_string(&event);
  return note(code, text == nullptr ? "" : text);
}

Status Health::note(int code, const std::string& text) {
  if (code == RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN) {
    all_down_ = true;
    return done();
  }
  if (code == RD_KAFKA_RESP_ERR__MAX_POLL_EXCEEDED) {
    log::warning("the group threw us out because nothing was polled for too long",
                 {{"reason", text}});
    return done();
  }
  Error error = error_of(code, "Kafka said: " + text);
  if (error.code == "kafka.unreachable") {
    last_heard_ = text;
    complained_ = true;
    return done();
  }
  return error;
}

Status Health::check(const Client& client) {
  constexpr std::chrono::milliseconds kLimit{300};
  if (!all_down_ && !complained_) return done();
  complained_ = false;
  all_down_ = !reaches_a_broker(client, kLimit);
  return all_down_ ? Status(unreachable()) : done();
}

Error Health::unreachable() const {
  std::string what = "no broker of " + brokers_ + " can be reached";
  if (!last_heard_.empty()) what += "; last heard: " + last_heard_;
  return error_of(RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN, std::move(what));
}

}  // namespace penstock::kafka
