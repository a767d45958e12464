#include "sim_outbox.h"

#include <utility>

namespace penstock::sim {

void SimOutbox::start() {
  for (; working_ < parts_.sink.max_parallel(); ++working_) {
    process_.spawn([this] { work(); });
  }
}

void SimOutbox::stop() {
  stop_.request_stop();
  parts_.sink.abandon();
  process_.poke();
  Tasks::wait(Time::max(), [this] { return working_ == 0; });
}

void SimOutbox::put(Sealed<Block> sealed) {
  queue_.put(std::move(sealed));
  process_.poke();
}

std::vector<Delivered> SimOutbox::take_finished(milliseconds wait) {
  if (wait.count() > 0 && !queue_.has_finished()) {
    Tasks::wait(parts_.clock.now() + wait, [this] { return queue_.has_finished(); });
  }
  return queue_.take_finished();
}

void SimOutbox::work() {
  Delivery delivery(parts_, stop_.get_token());
  const auto has_news = [this] { return queue_.has_next() || stop_.stop_requested(); };
  for (;;) {
    if (!has_news()) Tasks::wait(Time::max(), has_news);
    auto next = queue_.take_next();
    if (!next && stop_.stop_requested()) break;
    if (!next) continue;
    queue_.finish(delivery.bring(*std::move(next)));
    process_.poke();
  }
  --working_;
  process_.poke();
}

}  // namespace penstock::sim
