#pragma once

#include "contract/range_rows.h"
#include "fake_clickhouse.h"
#include "tasks.h"

namespace penstock::sim {

/// Asks the simulated server which records one of its tables holds, once no earlier insert of the
/// range runs (clickhouse/range_rows.h).
class SimRangeRows final : public RangeRows {
 public:
  SimRangeRows(Timeline& timeline, Random& random, const Weather& weather,
               const FakeClickHouse& server, const FakeTable& table, const bool& calm)
      : timeline_(timeline),
        random_(random),
        weather_(weather),
        server_(server),
        table_(table),
        calm_(calm) {}

  Result<std::vector<OffsetRun>> stored(const Question& question) override;
  Result<bool> may_be_hollow(std::int64_t since_ms) override;
  void abandon() override {}

 private:
  /// A question is on its way.
  Status ask();

  Timeline& timeline_;
  Random& random_;
  const Weather& weather_;
  const FakeClickHouse& server_;
  const FakeTable& table_;
  const bool& calm_;
};

}  // namespace penstock::sim
