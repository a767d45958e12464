#include "engine/undecoded.h"

#include <algorithm>
#include <utility>

namespace penstock {

void Undecoded::drop(LogId log) {
  std::erase_if(batches_, [log](const RecordBatch& batch) { return batch.span.log == log; });
}

void Undecoded::put_off(const Error& why, Clock::time_point now) {
  next_try_ = now + std::max(why.wait, backoff_.next());
  reason_ = why.code;
}

std::string_view Undecoded::take_reason() {
  backoff_.reset();
  next_try_ = {};
  return std::exchange(reason_, {});
}

}  // namespace penstock
