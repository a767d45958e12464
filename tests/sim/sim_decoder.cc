#include "sim_decoder.h"

namespace penstock::sim {

Status SimDecoder::decode(const RecordBatch& batch, Block& into, std::vector<Reject>& rejects) {
  if (!calm_ && random_.chance(weather_.schemas_away)) {
    return Error{.fault = Fault::remote,
                 .recovery = Recovery::retry,
                 .code = "registry.unreachable",
                 .message = "as the weather has it"};
  }
  const FakeLog& log = logs_[static_cast<std::size_t>(batch.partition)];
  for (std::uint32_t i = 0; i < batch.size(); ++i) {
    const FakeRecord& record = *log.at(batch.offsets[i]);
    if (record.kind == Kind::broken) {
      rejects.push_back({i, "decode.unreadable", "n", record.text});
    } else if (record.kind != Kind::tombstone) {
      for (int row = 0; row < (record.kind == Kind::two_rows ? 2 : 1); ++row) {
        into.writer(0).put_int(record.offset);
        into.end_row({batch.span.log, record.offset});
      }
    }
  }
  return done();
}

}  // namespace penstock::sim
