#pragma once

#include <cstddef>
#include <memory>
#include <string_view>

#include "model/record.h"

namespace penstock {

/// A copy of its very size: a sanitizer sees any read beyond it.
class ExactCopy {
 public:
  explicit ExactCopy(std::string_view text)
      : bytes_(std::make_unique<char[]>(text.size())), size_(text.size()) {
    text.copy(bytes_.get(), size_);
  }
  std::string_view view() const { return {bytes_.get(), size_}; }

 private:
  const std::unique_ptr<char[]> bytes_;
  const std::size_t size_;
};

/// A batch of one record that has a value and nothing else. Points into it.
inline RecordBatch batch_of_one(std::string_view value) {
  RecordBatch batch;
  batch.values.push_back(as_bytes(value));
  batch.keys.emplace_back();
  batch.offsets.push_back(0);
  batch.timestamps_ms.push_back(0);
  return batch;
}

}  // namespace penstock
