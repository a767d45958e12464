#pragma once

#include "contract/sink.h"
#include "fake_clickhouse.h"
#include "model/block.h"
#include "tasks.h"

namespace penstock::sim {

/// A process's connections to the simulated server.
class SimSink final : public Sink<Block> {
 public:
  SimSink(Timeline& timeline, Random& random, const Weather& weather, FakeClickHouse& server,
          Tasks& process, const bool& calm)
      : timeline_(timeline),
        random_(random),
        weather_(weather),
        server_(server),
        process_(process),
        calm_(calm) {}

  Result<Receipt> deliver(const Sealed<Block>& sealed) override;
  std::size_t max_parallel() const noexcept override { return weather_.parallel; }
  void abandon() override;

 private:
  Timeline& timeline_;
  Random& random_;
  const Weather& weather_;
  FakeClickHouse& server_;
  Tasks& process_;
  const bool& calm_;
  bool abandoned_ = false;
};

}  // namespace penstock::sim
