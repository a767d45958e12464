#include "engine/open_range.h"

#include <algorithm>
#include <utility>

namespace penstock {

std::string to_string(const Cover& cover) {
  return cover.topic + ":" + std::to_string(cover.partition) + ":" + std::to_string(cover.first) +
         "-" + std::to_string(cover.last);
}

void OpenRange::cover(const RecordBatch& batch, Clock::time_point now) {
  rows_.count_memory();
  errors_.count_memory();
  if (!opened_at_) opened_at_ = now;
  auto found = std::ranges::find(covers_, batch.span.log, &Cover::log);
  const bool is_new = found == covers_.end();
  if (is_new) {
    covers_.push_back({.log = batch.span.log,
                       .topic = std::string(batch.topic),
                       .partition = batch.partition,
                       .first = batch.offsets.empty() ? batch.next - 1 : batch.offsets.front()});
    found = covers_.end() - 1;
    found->last = found->first;
  }
  if (!batch.offsets.empty()) found->last = batch.offsets.back();
  found->resume_after = batch.span.resume_after;
}

void OpenRange::forget(LogId log) {
  std::erase_if(covers_, [log](const Cover& cover) { return cover.log == log; });
}

bool OpenRange::is_due(const SealPolicy& policy, Clock::time_point now) const {
  return !empty() && (rows_.rows() >= policy.rows || errors_.rows() >= policy.rows ||
                      bytes() >= policy.bytes || now - *opened_at_ >= policy.age);
}

std::optional<std::chrono::milliseconds> OpenRange::time_left(const SealPolicy& policy,
                                                              Clock::time_point now) const {
  if (empty()) return std::nullopt;
  const auto left = *opened_at_ + policy.age - now;
  return std::max(std::chrono::milliseconds(0), std::chrono::ceil<std::chrono::milliseconds>(left));
}

SealedRange OpenRange::seal() {
  opened_at_.reset();
  return {.covers = std::exchange(covers_, {}), .rows = rows_.seal(), .errors = errors_.seal()};
}

void OpenRange::drop() {
  opened_at_.reset();
  covers_.clear();
  rows_.drop();
  errors_.drop();
}

}  // namespace penstock
