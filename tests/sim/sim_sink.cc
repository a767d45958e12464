#include "sim_sink.h"

#include <memory>
#include <utility>

namespace penstock::sim {
namespace {

constexpr milliseconds kAnswerLimit(700);

Insert insert_of(const Sealed<Block>& sealed) {
  const Block& block = sealed.payload;
  Insert insert{
      .name = sealed.delivery_id, .is_errors = block.layout().table != "events", .rows = {}};
  for (std::size_t row = 0; row < block.rows(); ++row) {
    insert.rows.push_back({static_cast<int>(block.origin(row).log), block.origin(row).offset});
  }
  return insert;
}

}  // namespace

// The process may stand still between looking at its lease and sending, which only the name helps
// against.
Result<Receipt> SimSink::deliver(const Sealed<Block>& sealed) {
  if (!weather_.forgets) {
    Tasks::wait(timeline_.now() + std::chrono::microseconds(random_.between(0, 1'000)));
  }
  const auto outcome = std::make_shared<std::optional<Result<Receipt>>>();
  server_.send(insert_of(sealed), calm_, [outcome, &process = process_](Result<Receipt> answer) {
    *outcome = std::move(answer);
    process.poke();
  });
  Tasks::wait(timeline_.now() + kAnswerLimit, [&] { return outcome->has_value() || abandoned_; });
  if (*outcome) return **outcome;
  return Error{.fault = Fault::remote,
               .recovery = Recovery::retry,
               .code = "clickhouse.unreachable",
               .message = abandoned_ ? "asked to stop" : "no answer in time"};
}

void SimSink::abandon() {
  abandoned_ = true;
  process_.poke();
}

}  // namespace penstock::sim
