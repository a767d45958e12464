#pragma once

#include <cstdint>
#include <string>

#include "produce/event.h"

namespace penstock::produce {

/// How many different ways a message can be broken here.
inline constexpr std::uint64_t kBrokenKinds = 10;

/// A message no table of web events can take, made from a good event. Kinds above
/// kBrokenKinds start again from the first.
std::string to_broken_message(Event event, std::uint64_t kind);

/// How many broken messages stand before the event with this number, when `broken` of them are
/// spread evenly between `count` events.
constexpr std::uint64_t broken_before(std::uint64_t id, std::uint64_t count, std::uint64_t broken) {
  return count == 0 ? broken : (id * broken + count / 2) / count;
}

}  // namespace penstock::produce
