#include "engine/delivery_threads.h"

#include <utility>

#include "base/thread.h"

namespace penstock {

void DeliveryThreads::start() {
  for (std::size_t i = 0; i < parts_.sink.max_parallel(); ++i) {
    workers_.emplace_back([this](const std::stop_token& stop) { work(stop); });
  }
}

void DeliveryThreads::stop() {
  for (std::jthread& worker : workers_) worker.request_stop();
  if (!workers_.empty()) {
    parts_.sink.abandon();
    if (parts_.names != nullptr) parts_.names->abandon();
  }
  workers_.clear();
}

void DeliveryThreads::put(Sealed<Block> sealed) {
  const std::lock_guard lock(mutex_);
  queue_.put(std::move(sealed));
  wake_.notify_one();
}

std::vector<Delivered> DeliveryThreads::take_finished(std::chrono::milliseconds wait) {
  std::unique_lock lock(mutex_);
  if (wait.count() > 0) {
    finished_wake_.wait_for(lock, wait, [this] { return queue_.has_finished(); });
  }
  return queue_.take_finished();
}

std::size_t DeliveryThreads::open() const {
  const std::lock_guard lock(mutex_);
  return queue_.open();
}

void DeliveryThreads::work(const std::stop_token& stop) {
  name_this_thread("delivery");
  Delivery delivery(parts_, stop);
  std::unique_lock lock(mutex_);
  while (wake_.wait(lock, stop, [this] { return queue_.has_next(); })) {
    Sealed<Block> sealed = *queue_.take_next();
    lock.unlock();
    Delivered delivered = delivery.bring(std::move(sealed));
    lock.lock();
    queue_.finish(std::move(delivered));
    finished_wake_.notify_one();
  }
}

}  // namespace penstock
