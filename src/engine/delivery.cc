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

// Somebody cut it before us: so do we, down to what is stored and what is not.
Error stored_in_part(const Sealed<Block>& sealed) {
  return {.recovery = Recovery::isolate, .message = sealed.delivery_id + " is stored in part"};
}

}  // namespace

Delivered Delivery::bring(Sealed<Block> sealed) {
  refused_.clear();
  refused_in_a_row_ = 0;
  Result<Receipt> outcome = Receipt{};
  try {
    outcome = repeat(sealed);
    if (!outcome.ok() && outcome.error().recovery == Recovery::isolate) {
      outcome = isolate(sealed, whole_of(sealed), outcome.error());
    }
  } catch (const std::exception& broken) {  // a bug must not take the process along
    outcome = Error{.code = "engine.bug", .message = broken.what()};
  }
  return {std::move(sealed), std::move(outcome), std::move(refused_)};
}

Result<Receipt> Delivery::repeat(Sealed<Block>& sealed) {
  Backoff backoff(250ms, 10s, std::hash<std::string>{}(sealed.delivery_id));
  for (;;) {
    Result<Receipt> outcome = attempt(sealed);
    if (outcome.ok()) {
      parts_.events.recovered("clickhouse");
      refused_in_a_row_ = 0;
      return outcome;
    }
    const bool is_moved = sealed.lease && sealed.lease->ended();
    const bool may_repeat = outcome.error().recovery == Recovery::retry && !is_moved;
    if (!may_repeat || stop_.stop_requested()) return outcome;
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
  if (parts_.names == nullptr) return send(sealed);
  const bool forgotten = parts_.names->may_be_forgotten(sealed, parts_.clock.wall_ms());
  if (forgotten || parts_.names->may_be_cut(sealed)) {
    PENSTOCK_TRY(missing, parts_.names->missing(sealed));
    const bool is_all_missing = !missing.empty() && missing.front().size() == sealed.payload.rows();
    if (missing.empty() || (forgotten && !is_all_missing)) return bring_missing(sealed, missing);
    if (!is_all_missing) return stored_in_part(sealed);
  }
  Result<Receipt> sent = send(sealed);
  if (!sent.ok()) return sent;
  PENSTOCK_TRY(hollow, parts_.names->may_be_hollow(sealed));
  if (!hollow) return sent;
  PENSTOCK_TRY(missing, parts_.names->missing(sealed));
  return bring_missing(sealed, missing);
}

Result<Receipt> Delivery::bring_missing(const Sealed<Block>& sealed,
                                        std::span<const RowRange> missing) {
  std::vector<BlockPart> parts;
  for (const RowRange& rows : missing) {
    parts.push_back({.rows = rows,
                     .first = sealed.payload.origin(rows.first).offset,
                     .last = sealed.payload.origin(rows.end - 1).offset});
  }
  PENSTOCK_TRY(sent, bring_parts(sealed, parts, Known::to_be_missing));
  return Receipt{.rows = sealed.payload.rows(), .wire_bytes = sent.wire_bytes};
}

// Asking may have taken as long as a session.
Result<Receipt> Delivery::send(const Sealed<Block>& sealed) {
  PENSTOCK_OK(wait_for_lease(sealed));
  return parts_.sink.deliver(sealed);
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

// What holds a refused row is cut in two until that row's message stands alone.
Result<Receipt> Delivery::isolate(const Sealed<Block>& sealed, const BlockPart& refused,
                                  const Error& reason) {
  const auto halves = halves_of(sealed, refused);
  if (!halves) return set_aside(sealed.payload.origin(refused.rows.first), reason);
  return bring_parts(sealed, *halves, Known::nothing);
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

Result<Receipt> Delivery::bring_parts(const Sealed<Block>& sealed, std::span<const BlockPart> parts,
                                      Known known) {
  Receipt total;
  for (const BlockPart& part : parts) {
    Result<Receipt> sent = bring_part(sealed, part, known);
    if (!sent.ok() && sent.error().recovery == Recovery::isolate) {
      sent = isolate(sealed, part, sent.error());
    }
    if (!sent.ok()) return sent;
    total.rows += sent.value().rows;
    total.wire_bytes += sent.value().wire_bytes;
  }
  return total;
}

// Where it was cut names it. What the table lacks goes under a name nobody ever used, which no
// server can know.
Result<Receipt> Delivery::bring_part(const Sealed<Block>& whole, const BlockPart& part,
                                     Known known) {
  std::string name = fmt::format("{}#{}-{}", whole.delivery_id, part.first, part.last);
  std::optional<SourceRange> range = whole.range;
  if (range) {
    range->first = part.first;
    range->last = part.last;
  }
  if (known == Known::to_be_missing) {
    name += fmt::format("#{}", parts_.clock.wall_ms());
    range->again = false;
  }
  Sealed<Block> sealed{.payload = whole.payload.slice(part.rows.first, part.rows.size()),
                       .tickets = {},
                       .delivery_id = std::move(name),
                       .range = std::move(range),
                       .lease = whole.lease};
  return repeat(sealed);
}

}  // namespace penstock
