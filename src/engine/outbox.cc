#include "engine/outbox.h"

#include <utility>

#include "base/thread.h"

namespace penstock {

void Outbox::start() {
  for (std::size_t i = 0; i < sink_.max_parallel(); ++i) {
    workers_.emplace_back([this](const std::stop_token& stop) { work(stop); });
  }
}

void Outbox::stop() {
  for (std::jthread& worker : workers_) worker.request_stop();
  if (!workers_.empty()) sink_.abandon();
  workers_.clear();
}

void Outbox::put(Sealed<Block> sealed) {
  const std::lock_guard lock(mutex_);
  waiting_.push_back(std::move(sealed));
  ++open_;
  wake_.notify_one();
}

std::vector<Delivered> Outbox::take_finished(std::chrono::milliseconds wait) {
  std::unique_lock lock(mutex_);
  if (wait.count() > 0) finished_wake_.wait_for(lock, wait, [this] { return !finished_.empty(); });
  open_ -= finished_.size();
  return std::exchange(finished_, {});
}

std::size_t Outbox::open() const {
  const std::lock_guard lock(mutex_);
  return open_;
}

void Outbox::work(const std::stop_token& stop) {
  name_this_thread("delivery");
  Delivery delivery(sink_, events_, progress_, stop);
  std::unique_lock lock(mutex_);
  while (wake_.wait(lock, stop, [this] { return !waiting_.empty(); })) {
    Sealed<Block> sealed = std::move(waiting_.front());
    waiting_.pop_front();
    lock.unlock();
    Delivered delivered = delivery.bring(std::move(sealed));
    lock.lock();
    finished_.push_back(std::move(delivered));
    finished_wake_.notify_one();
  }
}

}  // namespace penstock
