#pragma once

#include <chrono>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "contract/sink.h"
#include "engine/block_part.h"
#include "engine/expired_names.h"
#include "engine/pipe_events.h"
#include "engine/progress.h"
#include "model/block.h"

namespace penstock {

/// A message the destination refused for a value of it, found by halving the block. A message
/// of several rows is refused as a whole.
struct RefusedRow {
  RowOrigin origin;
  std::string_view code;
  std::string detail;
};

/// A sealed block comes back to its lane: delivered but for the refused rows, or
/// not at all when `outcome` is an error (which is never Recovery::retry, unless
/// we were asked to stop).
struct Delivered {
  Sealed<Block> sealed;
  Result<Receipt> outcome;
  std::vector<RefusedRow> refused;
};

/// What deliveries work with; all of it outlives them.
struct DeliveryParts {
  Sink<Block>& sink;
  PipeEvents& events;
  Progress& progress;
  const ExpiredNames* names = nullptr;  // none: repeats need no care
  const Clock& clock = machine_clock();
};

/// Brings one sealed block to the sink: repeats it with growing pauses while the
/// far side is away, halves it while rows are refused for a value. Sends nothing
/// while its log might be somebody else's.
///
/// Threads: one delivery thread; `events` and `progress` are shared.
class Delivery {
 public:
  Delivery(const DeliveryParts& parts, std::stop_token stop)
      : parts_(parts), stop_(std::move(stop)) {}

  Delivered bring(Sealed<Block> sealed);

 private:
  Result<Receipt> repeat(Sealed<Block>& sealed);
  std::chrono::milliseconds on_the_road(const Sealed<Block>& sealed) const;
  /// Sends it, or what the destination lacks of it where its name alone does not tell.
  Result<Receipt> attempt(const Sealed<Block>& sealed);
  Result<Receipt> bring_missing(const Sealed<Block>& sealed, std::span<const RowRange> missing);
  Result<Receipt> send(const Sealed<Block>& sealed);
  /// Waits until the block may be sent. Errors: it never may again; we were asked to stop.
  Status wait_for_lease(const Sealed<Block>& sealed) const;
  /// `refused` was refused, for `reason`.
  Result<Receipt> isolate(const Sealed<Block>& sealed, const BlockPart& refused,
                          const Error& reason);
  Result<Receipt> set_aside(RowOrigin origin, const Error& reason);
  /// Of the rows of a part.
  enum class Known : std::uint8_t { nothing, to_be_missing };
  /// Those of them that are refused are cut further.
  Result<Receipt> bring_parts(const Sealed<Block>& whole, std::span<const BlockPart> parts,
                              Known known);
  Result<Receipt> bring_part(const Sealed<Block>& whole, const BlockPart& part, Known known);

  const DeliveryParts parts_;
  const std::stop_token stop_;
  std::vector<RefusedRow> refused_;
  std::size_t refused_in_a_row_ = 0;
};

}  // namespace penstock
