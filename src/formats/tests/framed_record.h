#pragma once

#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "formats/schema_frame.h"

namespace penstock {

/// A batch of one record that counts how often its headers are read.
/// What it is given has to outlive it.
class FramedRecord {
 public:
  explicit FramedRecord(std::string_view value, std::vector<Header> headers = {})
      : storage_(std::make_shared<Storage>(std::move(headers))) {
    batch_.values.push_back(as_bytes(value));
    batch_.storage = storage_;
  }

  RecordView view() const { return {batch_, 0, as_text(batch_.values[0])}; }
  int header_reads() const { return storage_->reads; }

 private:
  struct Storage final : RecordStorage {
    explicit Storage(std::vector<Header> given) : headers(std::move(given)) {}
    std::span<const Header> headers_of(std::size_t) override {
      ++reads;
      return headers;
    }
    const std::vector<Header> headers;
    int reads = 0;
  };
  std::shared_ptr<Storage> storage_;
  RecordBatch batch_;
};

}  // namespace penstock
