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
  const auto ask = [this] { Tasks::wait(timeline_.now() + milliseconds(random_.between(1, 20))); };
  ask();
  if (!calm_ && random_.chance(weather_.unreachable)) {
    return failure("clickhouse.unreachable", "as the weather has it");
  }
  if (weather_.without == Part::asking) return std::vector<OffsetRun>{};
  if (server_.runs(question.delivery_id)) {
    return failure("clickhouse.busy", "an earlier insert is not over");
  }
  ask();
  return table_.stored(question.partition, question.first, question.last);
}

}  // namespace penstock::sim
