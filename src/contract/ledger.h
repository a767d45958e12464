#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <unordered_map>

#include "model/record.h"

namespace penstock {

/// Proof that a span was handed out. Held by value next to the data it stands
/// for; never looked up by pointer or by record.
struct Ticket {
  LogId log{};
  std::uint32_t epoch = 0;
  std::uint64_t number = 0;
};

/// Knows, for each log, how far delivery is complete without a hole.
///
/// Promises: take_resume_point() never passes a span that is not settled; a
/// ticket from before fence() changes nothing. Threads: the owning lane only.
class OffsetLedger {
 public:
  /// Records that `span` is now our duty. Empty spans are welcome and must be
  /// settled like any other.
  Ticket open(const Span& span);

  /// One more destination must confirm this span, such as the dead-letter store.
  void share(Ticket ticket);

  /// One destination is done: delivered, filtered out, or safely set aside.
  void settle(Ticket ticket);

  /// Takes the newest safe point since the last call, if it moved.
  std::optional<std::string> take_resume_point(LogId id);

  /// The log now belongs to someone else: everything still open is void.
  void fence(LogId id);

  /// Spans handed out and not yet behind the resume point.
  std::size_t in_flight(LogId id) const;

 private:
  struct Entry {
    std::string resume_after;
    std::uint32_t stakes = 1;
  };
  struct Log {
    std::uint32_t epoch = 0;
    std::uint64_t first_number = 0;
    std::deque<Entry> pending;
    std::optional<std::string> resume_after;
  };

  Entry* find(Ticket ticket);

  std::unordered_map<LogId, Log> logs_;
};

}  // namespace penstock
