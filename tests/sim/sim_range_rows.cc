#include "sim_range_rows.h"

namespace penstock::sim {
namespace {

Error failure(std::string_view code, const char* message) {
  return {.fault = Fault::remote,
          .recovery = Recovery::retry,
          .code = code,
          .message = message,
          .wait = milliseconds(100)};
}

}  // namespace

Result<std::vector<OffsetRun>> SimRangeRows::stored(const Question& question) {
  PENSTOCK_OK(ask());
  if (weather_.without == Part::asking) return std::vector<OffsetRun>{};
  if (server_.runs(question.delivery_id)) {
    return failure("clickhouse.busy", "an earlier insert is not over");
  }
  PENSTOCK_OK(ask());
  return table_.stored(question.partition, question.first, question.last);
}

Result<bool> SimRangeRows::may_be_hollow(std::int64_t since_ms) {
  PENSTOCK_OK(ask());
  if (weather_.without == Part::uptime) return false;
  return server_.started_at().time_since_epoch() >= milliseconds(since_ms);
}

Status SimRangeRows::ask() {
  Tasks::wait(timeline_.now() + milliseconds(random_.between(1, 20)));
  if (!calm_ && random_.chance(weather_.unreachable)) {
    return failure("clickhouse.unreachable", "as the weather has it");
  }
  return done();
}

}  // namespace penstock::sim
