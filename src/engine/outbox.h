#pragma once

#include <chrono>
#include <cstddef>
#include <vector>

#include "engine/delivery.h"

namespace penstock {

/// Where a lane and its deliveries meet: sealed blocks go in, outcomes come out.
///
/// Threads: the lane's.
class Outbox {
 public:
  virtual ~Outbox() = default;

  virtual void put(Sealed<Block> sealed) = 0;

  /// Waits up to `wait` for an outcome when there is none yet.
  virtual std::vector<Delivered> take_finished(std::chrono::milliseconds wait) = 0;

  /// Handed in and not yet taken back.
  virtual std::size_t open() const = 0;
};

}  // namespace penstock
