#pragma once

#include <cstdint>
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
  /// `sample`: a block of the layout that rows will be put into.
  FastRow(const Plan& plan, Block& sample, std::size_t max_depth);

  /// Reads into this block from now on. Once per batch: a block may take over another's place.
  void aim_at(Block& block);

  /// Puts one value into every target slot. False: the message is for the plain
  /// path, and the caller undoes the row first.
  bool read(std::string_view message);

 private:
  /// A column that a field fills. Those of one field lie side by side.
  struct alignas(64) Filled {
    ValueReader reader;
    ColumnWriter* column = nullptr;  // of the block being filled
    std::uint64_t by_record = 0;     // the last one that brought it
    std::uint32_t slot = 0;
    bool null_is_missing = false;
  };
  struct Field {
    std::uint32_t first = 0;  // in columns_
    std::uint32_t count = 0;
  };

  const char* read_field(const char* at, Field field);

  KeyGraph keys_;
  std::vector<Field> fields_;
  std::vector<Filled> columns_;
  PaddedText text_;
  FastMessage message_;
  Block* block_ = nullptr;
  std::uint64_t record_ = 0;
  std::size_t filled_ = 0;  // columns that this record brought
};

}  // namespace penstock::json
