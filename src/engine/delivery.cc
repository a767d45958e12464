#include "engine/delivery.h"

#include <algorithm>
#include <chrono>

#include "base/backoff.h"
#include "base/thread.h"

namespace penstock {
namespace {

using namespace std::chrono_literals;

// When not one of so many neighbouring rows is accepted, the rows are not the problem.
constexpr std::size_t kMostRefusedInARow = 200;

}  // namespace

Delivered Delivery::bring(Sealed<Block> sealed) {
  refused_.clear();
  refused_in_a_row_ = 0;
  Result<Receipt> outcome = Receipt{};
  try {
    outcome = repeat(sealed);
    if (!outcome.ok() && outcome.error().recovery == Recovery::isolate) {
      outcome = isolate(sealed, 0, sealed.payload.rows());
    }
  } catch (const std::exception& broken) {  // a bug must not take the process along
    outcome = Error{.code = "engine.bug", .message = broken.what()};
  }
  return {std::move(sealed), std::move(outcome), std::move(refused_)};
}

Result<Receipt> Delivery::repeat(Sealed<Block>& sealed) {
  Backoff backoff(250ms, 10s, std::hash<std::string>{}(sealed.delivery_id));
  for (;;) {
    Result<Receipt> outcome = sink_.deliver(sealed);
    if (outcome.ok()) {
      events_.recovered("clickhouse");
      refused_in_a_row_ = 0;
      return outcome;
    }
    if (outcome.error().recovery != Recovery::retry || stop_.stop_requested()) return outcome;
    events_.trouble(outcome.error());
    progress_.retries.fetch_add(1, std::memory_order_relaxed);
    ++sealed.attempt;
    if (!sleep_unless_stopped(stop_, std::max(outcome.error().wait, backoff.next()))) {
      return outcome;
    }
  }
}

// A block that holds a refused row is cut in two until the row stands alone.
Result<Receipt> Delivery::isolate(const Sealed<Block>& sealed, std::size_t first,
                                  std::size_t rows) {
  const std::size_t half = rows / 2;
  Receipt total;
  for (const auto& [begin, count] :
       {std::pair{first, half}, std::pair{first + half, rows - half}}) {
    if (count == 0) continue;
    Result<Receipt> part = bring_part(sealed, begin, count);
    if (!part.ok() && part.error().recovery == Recovery::isolate) {
      if (count > 1) {
        part = isolate(sealed, begin, count);
      } else {
        const Error& error = part.error();
        if (++refused_in_a_row_ > kMostRefusedInARow) {
          Error stop = error;
          stop.recovery = Recovery::stop;
          return std::move(stop).at(std::to_string(kMostRefusedInARow) +
                                    " rows in a row were refused, so the rows are not the reason");
        }
        refused_.push_back({sealed.payload.origin(begin), error.code, error.message});
        part = Receipt{};
      }
    }
    if (!part.ok()) return part;
    total.rows += part.value().rows;
    total.wire_bytes += part.value().wire_bytes;
  }
  return total;
}

Result<Receipt> Delivery::bring_part(const Sealed<Block>& whole, std::size_t first,
                                     std::size_t rows) {
  Sealed<Block> part{
      .payload = whole.payload.slice(first, rows),
      .tickets = {},
      .delivery_id = whole.delivery_id + "#" + std::to_string(first) + "+" + std::to_string(rows)};
  return repeat(part);
}

}  // namespace penstock
