#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "formats/json/fast_message.h"
#include "formats/json/fast_value.h"
#include "formats/json/key_graph.h"
#include "formats/json/padded_text.h"
#include "formats/json/plan.h"
#include "model/block.h"

namespace penstock::json {

/// Reads whole messages in one pass, each value by the reader made for its column.
/// Takes only what the plain path would take, and puts the same values.
///
/// Threads: one lane.
class FastRow {
 public:
  /// `sample`: a block of the layout that rows will be put into. The plan outlives it.
  FastRow(const Plan& plan, Block& sample, std::size_t max_depth);

  /// Puts one value into every target slot. False: the message is for the plain
  /// path, and the caller undoes the row first.
  bool read(std::string_view message, Block& into);

 private:
  struct Target {
    std::size_t slot = 0;
    bool null_is_missing = false;
    std::unique_ptr<ValueReader> reader;
    std::uint64_t filled_by = 0;  // the last record that brought it
  };

  const char* read_field(const char* at, KeyGraph::Field field, Block& into);

  const Plan& plan_;
  KeyGraph keys_;
  std::vector<Target> targets_;
  PaddedText text_;
  FastMessage message_;
  std::uint64_t record_ = 0;
  std::size_t filled_ = 0;  // targets that this record brought
};

}  // namespace penstock::json
