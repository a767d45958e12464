#include "kafka/tests/reader.h"

#include <gtest/gtest.h>

namespace penstock::kafka {

Reader::Reader(SourceOptions options) {
  auto made = make_source(std::move(options));
  EXPECT_TRUE(made.ok()) << made.error().text();
  source_ = std::move(made).value();
}

bool Reader::poll_until(const std::function<bool()>& enough) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (!enough()) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    poll_once();
  }
  return true;
}

void Reader::poll_for(std::chrono::milliseconds time) {
  const auto deadline = std::chrono::steady_clock::now() + time;
  while (std::chrono::steady_clock::now() < deadline) poll_once();
}

void Reader::poll_once(std::chrono::milliseconds wait) {
  auto polled = source_->poll({.records = 1000, .wait = wait});
  if (!polled.ok()) {
    last_error = polled.error();
    return;
  }
  last_error.reset();
  Polled<RecordBatch>& found = polled.value();
  for (const Gained& log : found.gained) owned.insert(log.log), notes[log.log] = log.note;
  for (const LogId log : found.leaving) leaving.insert(log);
  for (const LogId log : found.lost) lost.insert(log), owned.erase(log);
  lost_offsets.insert(lost_offsets.end(), found.lost_offsets.begin(), found.lost_offsets.end());
  caught_up = found.caught_up;
  for (RecordBatch& batch : found.payloads) batches.push_back(std::move(batch));
}

Status Reader::commit() {
  std::map<LogId, std::string> points;
  for (const RecordBatch& batch : batches) points[batch.span.log] = batch.span.resume_after;
  std::vector<ResumePoint> list;
  for (const auto& [log, resume_after] : points) list.push_back({log, resume_after});
  return source_->commit(list, std::chrono::seconds(5));
}

std::vector<std::string> Reader::values() const {
  std::vector<std::string> values;
  for (const RecordBatch& batch : batches) {
    for (const Bytes value : batch.values) values.emplace_back(as_text(value));
  }
  return values;
}

}  // namespace penstock::kafka
