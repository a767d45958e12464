#include "model/record.h"

namespace penstock {
namespace {

template <class Value>
std::vector<Value> first_of(const std::vector<Value>& all, std::size_t count) {
  return {all.begin(), all.begin() + static_cast<std::ptrdiff_t>(count)};
}

template <class Value>
void drop(std::vector<Value>& all, std::size_t count) {
  all.erase(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(count));
}

}  // namespace

RecordBatch RecordBatch::front(std::size_t count) const {
  RecordBatch head;
  head.next = count < size() ? offsets[count] : next;
  head.span = {.log = span.log,
               .first = span.first,
               .resume_after = count < size() ? std::to_string(head.next) : span.resume_after,
               .records = static_cast<std::uint32_t>(count)};
  head.topic = topic;
  head.partition = partition;
  head.keys = first_of(keys, count);
  head.values = first_of(values, count);
  head.timestamps_ms = first_of(timestamps_ms, count);
  head.offsets = first_of(offsets, count);
  head.storage = storage;
  head.storage_first = storage_first;
  return head;
}

void RecordBatch::drop_front(std::size_t count) {
  drop(keys, count);
  drop(values, count);
  drop(timestamps_ms, count);
  drop(offsets, count);
  storage_first += count;
  span.records -= static_cast<std::uint32_t>(count);
  if (!offsets.empty()) span.first = std::to_string(offsets.front());
}

std::span<const Header> RecordBatch::headers_of(std::size_t record) const {
  return storage ? storage->headers_of(storage_first + record) : std::span<const Header>();
}

}  // namespace penstock
