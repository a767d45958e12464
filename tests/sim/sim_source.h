#pragma once

#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "base/byte_budget.h"
#include "contract/source.h"
#include "fake_log.h"
#include "seat.h"

namespace penstock::sim {

/// What a source needs of its world.
struct SourceParts {
  Timeline& timeline;
  Random& random;
  Story& story;
  const Weather& weather;
  const std::vector<FakeLog>& logs;
  Group& group;
  Link& link;
  Tasks& process;
  int number;        // of the process
  const bool& calm;  // faults have ended
  const ByteBudget& budget;
};

/// Keeps the promises of the Kafka source over the simulated broker, one commit on its way at a
/// time included (kafka/commits.h).
class SimSource final : public Source<RecordBatch> {
 public:
  explicit SimSource(const SourceParts& parts);

  Status open() override;
  Result<Polled<RecordBatch>> poll(PollBudget budget) override;
  void pause() override { paused_ = true; }
  void resume() override { paused_ = false; }
  Status commit(std::span<const ResumePoint> points, milliseconds wait) override;
  Result<std::vector<Stored>> take_stored() override;
  void release(std::span<const LogId> logs) override;
  Result<std::vector<RecordBatch>> read_again(std::span<const RowOrigin> origins) override;
  SourceProgress progress() const override;
  Status close(milliseconds limit) override;

  /// The group has said something that the lane does not know yet.
  bool has_news() const { return seat_->has_news(); }

 private:
  enum class Hold : std::uint8_t { none, owned, leaving };
  struct Log {
    Hold hold = Hold::none;
    std::int64_t position = 0;  // read so far
    ResumePoint wanted;
    std::int64_t wanted_offset = 0;
    std::uint64_t wanted_turn = 0;
    std::uint64_t sent_turn = 0;
    std::uint64_t stored_turn = 0;
  };
  struct Sent {
    int partition = 0;
    std::uint64_t turn = 0;
    std::uint64_t number = 0;
  };

  bool has_something() const;
  Status take_what_came(Polled<RecordBatch>& polled);
  void take_what_goes(Polled<RecordBatch>& polled);
  std::vector<RecordBatch> read(std::size_t most);
  void check_lane(bool is_idle);
  void send();
  void give_up(milliseconds after);
  void answered(Answer answer);
  bool all_stored() const;

  const SourceParts parts_;
  const std::shared_ptr<Seat> seat_;
  std::map<int, Log> logs_;
  std::vector<Sent> sent_;
  Time sent_at_{};
  int commits_ = 0;  // the number of the one on its way
  Time held_until_{};
  bool refused_ = false;
  std::map<int, Stored> stored_;
  bool paused_ = false;
  int idle_polls_ = 0;
  Polled<RecordBatch> untold_;  // what the last poll, which failed, took from the seat
};

}  // namespace penstock::sim
