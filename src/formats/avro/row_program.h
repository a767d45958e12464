#pragma once

#include <cstddef>
#include <memory>
#include <utility>
#include <variant>

#include "formats/avro/row_step.h"
#include "formats/avro/schema.h"
#include "formats/record_decoder.h"
#include "model/mapping.h"

namespace penstock::avro {

/// How a value of one writer's schema becomes a row of one table.
///
/// Threads: one lane.
class RowProgram {
 public:
  using Made = std::variant<std::unique_ptr<RowProgram>, RecordRefusal>;

  /// `sample`: a block of the mapping's layout. Refuses (schema.unusable) a schema whose root is
  /// no record, and a field of which no value fits its column.
  static Made make(const RegisteredSchema& text, const Mapping& mapping, Block& sample);

  /// Rows go into this block until the next call with another `batch`, a number.
  void aim_at(Block& block, std::uint64_t batch) {
    if (batch_ == batch) return;
    batch_ = batch;
    block_ = &block;
    steps_.aim_at(block);
  }

  /// Whether a row may take no bytes at all.
  bool is_empty() const { return schema_.root().width == std::size_t{0}; }

  /// Puts one value or put_missing() into every payload slot. See Message for what it gives
  /// back; when a column refused, refused_slot() is its slot.
  const char* read(Message& message, const char* at) {
    return steps_.run(message, at, *block_, refused_slot_);
  }
  std::size_t refused_slot() const noexcept { return refused_slot_; }

 private:
  RowProgram(Schema schema, Steps steps) : schema_(std::move(schema)), steps_(std::move(steps)) {}

  Schema schema_;  // what the steps point into
  Steps steps_;
  Block* block_ = nullptr;
  std::uint64_t batch_ = 0;
  std::size_t refused_slot_ = 0;
};

}  // namespace penstock::avro
