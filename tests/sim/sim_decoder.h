#pragma once

#include "contract/decoder.h"
#include "fake_log.h"

namespace penstock::sim {

/// Makes of each record what its kind says, in the only column of the table. Now and then the
/// schema it would need cannot be had.
class SimDecoder final : public Decoder {
 public:
  SimDecoder(Random& random, const Weather& weather, const std::vector<FakeLog>& logs,
             const bool& calm)
      : random_(random), weather_(weather), logs_(logs), calm_(calm) {}

  Status decode(const RecordBatch& batch, Block& into, std::vector<Reject>& rejects) override;

 private:
  Random& random_;
  const Weather& weather_;
  const std::vector<FakeLog>& logs_;
  const bool& calm_;
};

}  // namespace penstock::sim
