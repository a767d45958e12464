#include "engine/expired_names.h"

#include <fmt/format.h>

#include <chrono>
#include <utility>

#include "engine/missing_rows.h"

namespace penstock {
namespace {

// How many inserts of others may have come in between: as many as no table stands for long where
// the table can be asked, as many as one is advised to make where the pipe would have to stop.
struct Inserts {
  std::int64_t at_once;
  std::int64_t per_second;
};
constexpr Inserts kMost{.at_once = 64, .per_second = 1000};
constexpr Inserts kUsual{.at_once = 0, .per_second = 1};

Error nobody_can_tell(const Sealed<Block>& sealed, const std::string& why) {
  return {.fault = Fault::user,
          .recovery = Recovery::stop,
          .code = "engine.expired_name",
          .message = fmt::format("{} of {} may be stored already, under a name ClickHouse may have "
                                 "forgotten, and the table is not asked: {}",
                                 sealed.delivery_id, sealed.payload.layout().table, why)};
}

bool is_repeat(const Sealed<Block>& sealed) {
  return sealed.range && (sealed.range->again || sealed.may_be_stored);
}

}  // namespace

bool ExpiredNames::may_be_forgotten(const Sealed<Block>& sealed, std::int64_t now_ms) const {
  if (!is_repeat(sealed)) return false;
  std::int64_t elapsed_ms = now_ms - sealed.range->planned_at_ms;
  if (elapsed_ms < 0) {  // by another machine's clock
    if (can_ask()) return true;
    elapsed_ms = 0;
  }
  const auto elapsed = std::chrono::milliseconds(elapsed_ms);
  if (parts_.window.age && elapsed >= *parts_.window.age / 2) return true;
  const Inserts inserts = can_ask() ? kMost : kUsual;
  const std::int64_t others = inserts.at_once + elapsed_ms * inserts.per_second / 1000;
  return static_cast<std::uint64_t>(others) >= parts_.window.inserts;
}

bool ExpiredNames::may_be_cut(const Sealed<Block>& sealed) const {
  return sealed.range && sealed.range->again && can_ask();
}

Result<std::vector<RowRange>> ExpiredNames::missing(const Sealed<Block>& sealed) const {
  const Block& block = sealed.payload;
  if (parts_.policy == OnExpiredToken::accept_duplicates) {
    return std::vector<RowRange>{{0, block.rows()}};
  }
  if (!can_ask()) {
    const bool wanted = parts_.policy == OnExpiredToken::pause;
    return nobody_can_tell(sealed,
                           wanted ? "settings.on_expired_token is pause" : parts_.why_not_asked);
  }
  const SourceRange& range = *sealed.range;
  PENSTOCK_TRY(stored, table_of(sealed).stored({.delivery_id = sealed.delivery_id,
                                                .topic = range.topic,
                                                .partition = range.partition,
                                                .first = range.first,
                                                .last = range.last}));
  MissingRows found = missing_rows(block, stored);
  if (found.torn.empty()) return std::move(found.rows);
  return nobody_can_tell(sealed, fmt::format("it holds only some rows of the message at offset {}",
                                             found.torn.front()));
}

Result<bool> ExpiredNames::may_be_hollow(const Sealed<Block>& sealed) const {
  if (!is_repeat(sealed) || !can_ask()) return false;
  return table_of(sealed).may_be_hollow(sealed.range->planned_at_ms);
}

RangeRows& ExpiredNames::table_of(const Sealed<Block>& sealed) const {
  const bool is_errors = &sealed.payload.layout() == parts_.errors_layout.get();
  return is_errors ? *parts_.errors : *parts_.rows;
}

void ExpiredNames::abandon() const {
  if (parts_.rows) parts_.rows->abandon();
  if (parts_.errors) parts_.errors->abandon();
}

}  // namespace penstock
