#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace penstock {

/// How many ranges of one log may be on their way: as many as surely fit into what a broker
/// stores with an offset (4,096 bytes).
constexpr std::size_t kMostPlannedRanges = 32;

/// Offsets [first, last] of one log, which leave as one insert under one name.
struct PlannedRange {
  std::int64_t first = 0;
  std::int64_t last = 0;
  std::int64_t planned_at_ms = 0;  // since 1970; a repeat keeps the first

  bool operator==(const PlannedRange&) const = default;
};

/// What is stored with the position of a log: how the records behind it were cut, before any
/// of them was sent (docs/adr/0004). Whoever reads them next cuts them likewise.
struct DeliveryPlan {
  /// Part of every delivery name. Drawn anew where no plan is stored, such as after a person
  /// moved the group's position, so that what is read again on purpose is no repeat.
  std::string era;
  std::vector<PlannedRange> ranges;  // oldest first, each behind the one before

  bool operator==(const DeliveryPlan&) const = default;
};

/// `{"v":1,"era":"…","r":[[first,last,planned_at],…]}`; never more than 4,000 bytes.
std::string to_note(const DeliveryPlan& plan);

/// None where the note holds no plan: it is empty, or of another program.
/// Errors: engine.plan when it is a plan of ours that we cannot read; going on without it
/// could store records twice.
Result<std::optional<DeliveryPlan>> read_note(std::string_view note);

/// "topic:partition:first-last@era": the same for the same records in every process.
std::string delivery_name(std::string_view topic, std::int32_t partition, const PlannedRange& range,
                          std::string_view era);

}  // namespace penstock
