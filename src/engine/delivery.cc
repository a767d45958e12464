#include "engine/delivery.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "base/backoff.h"

namespace penstock {
namespace {

using namespace std::chrono_literals;

// When not one of so many neighbouring rows is accepted, the rows are not the problem.
constexpr std::size_t kMostRefusedInARow = 200;

// The row nearest to the middle that begins a message; none when all are of one message.
std::optional<std::size_t> cut_between_messages(const Block& block, RowRange range) {
  const auto begins_message = [&](std::size_t row) {
    return block.origin(row) != block.origin(row - 1);
  };
  const std::size_t middle = range.first + (range.end - range.first) / 2;
  for (std::size_t row = middle; row > range.first; --row) {
    if (begins_message(row)) return row;
  }
  for (std::size_t row = middle + 1; row < range.end; ++row) {
    if (begins_message(row)) return row;
  }
  return std::nullopt;
}

}  // namespace

Delivered Delivery::bring(Sealed<Block> sealed) {
  refused_.clear();
  refused_in_a_row_ = 0;
  Result<Receipt> outcome = Receipt{};
  try {
    outcome = repeat(sealed);
    if (!outcome.ok() && outcome.error().recovery == Recovery::isolate) {
      outcome = isolate(sealed, {0, sealed.payload.rows()}, outcome.error());
    }
  } catch (const std::exception& broken) {  // a bug must not take the process along
    outcome = Error{.code = "engine.bug", .message = broken.what()};
  }
  return {std::move(sealed), std::move(outcome), std::move(refused_)};
}

Result<Receipt> Delivery::repeat(Sealed<Block>& sealed) {
  Backoff backoff(250ms, 10s, std::hash<std::string>{}(sealed.delivery_id));
  for (;;) {
    PENSTOCK_OK(wait_for_lease(sealed));
    Result<Receipt> outcome = attempt(sealed);
    if (outcome.ok()) {
      parts_.events.recovered("clickhouse");
      refused_in_a_row_ = 0;
      return outcome;
    }
    if (outcome.error().recovery != Recovery::retry || stop_.stop_requested()) return outcome;
    parts_.events.trouble(outcome.error());
    parts_.progress.retries.fetch_add(1, std::memory_order_relaxed);
    if (outcome.error().code == "clickhouse.too_many_parts") {
      parts_.progress.too_many_parts.fetch_add(1, std::memory_order_relaxed);
    }
    ++sealed.attempt;
    // Too many parts are found before the first row is looked at. Other errors may come later.
    sealed.may_be_stored |= outcome.error().code != "clickhouse.too_many_parts";
    const auto pause = std::max({outcome.error().wait, backoff.next(), on_the_road(sealed)});
    if (!parts_.clock.sleep(stop_, pause)) return outcome;
  }
}

// A request that some proxy holds while its connection is gone already may still arrive. Before the
// table is asked, it gets time to.
std::chrono::milliseconds Delivery::on_the_road(const Sealed<Block>& sealed) const {
  const bool asks =
      parts_.names != nullptr && parts_.names->may_be_forgotten(sealed, parts_.clock.wall_ms());
  return asks ? 1000ms : 0ms;
}

Result<Receipt> Delivery::attempt(const Sealed<Block>& sealed) {
  if (parts_.names == nullptr) return parts_.sink.deliver(sealed);
  const std::size_t rows = sealed.payload.rows();
  if (parts_.names->may_be_forgotten(sealed, parts_.clock.wall_ms())) {
    PENSTOCK_TRY(missing, parts_.names->missing(sealed));
    const bool is_all_missing = !missing.empty() && missing.front().size() == rows;
    if (!is_all_missing) return bring_missing(sealed, missing);
  }
  Result<Receipt> sent = parts_.sink.deliver(sealed);
  if (!sent.ok()) return sent;
  PENSTOCK_TRY(hollow, parts_.names->may_be_hollow(sealed));
  if (!hollow) return sent;
  PENSTOCK_TRY(missing, parts_.names->missing(sealed));
  return bring_missing(sealed, missing);
}

Result<Receipt> Delivery::bring_missing(const Sealed<Block>& sealed,
                                        std::span<const RowRange> missing) {
  PENSTOCK_TRY(sent, bring_parts(sealed, missing, Known::to_be_missing));
  return Receipt{.rows = sealed.payload.rows(), .wire_bytes = sent.wire_bytes};
}

// A process may sleep (SIGSTOP, a suspended machine) before any line of this; when it wakes, the
// log may long be read by another.
Status Delivery::wait_for_lease(const Sealed<Block>& sealed) const {
  constexpr auto kLookAgain = 20ms;
  const auto gone = [](const char* why) {
    return Error{
        .fault = Fault::remote, .recovery = Recovery::retry, .code = "kafka.moved", .message = why};
  };
  while (sealed.lease && !sealed.lease->holds(parts_.clock.now())) {
    if (sealed.lease->ended()) return gone("the partition moved to another member");
    if (!parts_.clock.sleep(stop_, kLookAgain)) return gone("stopped while the group was silent");
  }
  return done();
}

// A block that holds a refused row is cut in two until that row's message stands alone.
Result<Receipt> Delivery::isolate(const Sealed<Block>& sealed, RowRange refused,
                                  const Error& reason) {
  const std::optional<std::size_t> cut = cut_between_messages(sealed.payload, refused);
  if (!cut) return set_aside(sealed.payload.origin(refused.first), reason);
  const RowRange halves[] = {{refused.first, *cut}, {*cut, refused.end}};
  return bring_parts(sealed, halves, Known::nothing);
}

Result<Receipt> Delivery::bring_parts(const Sealed<Block>& sealed, std::span<const RowRange> parts,
                                      Known known) {
  Receipt total;
  for (const RowRange& range : parts) {
    Result<Receipt> part = bring_part(sealed, range, known);
    if (!part.ok() && part.error().recovery == Recovery::isolate) {
      part = isolate(sealed, range, part.error());
    }
    if (!part.ok()) return part;
    total.rows += part.value().rows;
    total.wire_bytes += part.value().wire_bytes;
  }
  return total;
}

Result<Receipt> Delivery::set_aside(RowOrigin origin, const Error& reason) {
  if (++refused_in_a_row_ > kMostRefusedInARow) {
    Error stop = reason;
    stop.recovery = Recovery::stop;
    return std::move(stop).at(std::to_string(kMostRefusedInARow) +
                              " rows in a row were refused, so the rows are not the reason");
  }
  refused_.push_back({origin, reason.code, reason.message});
  return Receipt{};
}

// Offsets name a part where the block has one log: they are the same in every process. What the
// table lacks goes under a name nobody ever used, which no server can know.
Result<Receipt> Delivery::bring_part(const Sealed<Block>& whole, RowRange range, Known known) {
  const Block& rows = whole.payload;
  std::optional<SourceRange> source = whole.range;
  std::size_t first = range.first;
  std::size_t last = range.end - 1;
  if (source) {
    source->first = rows.origin(first).offset;
    source->last = rows.origin(last).offset;
    first = static_cast<std::size_t>(source->first);
    last = static_cast<std::size_t>(source->last);
  }
  std::string name = fmt::format("{}#{}-{}", whole.delivery_id, first, last);
  if (known == Known::to_be_missing) {
    name += fmt::format("#{}", parts_.clock.wall_ms());
    source->again = false;
  }
  Sealed<Block> part{.payload = rows.slice(range.first, range.size()),
                     .tickets = {},
                     .delivery_id = std::move(name),
                     .range = std::move(source),
                     .lease = whole.lease};
  return repeat(part);
}

}  // namespace penstock
