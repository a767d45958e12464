#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "formats/json/fast_message.h"
#include "formats/json/fast_value.h"
#include "formats/json/key_graph.h"
#include "formats/json/padded_text.h"
#include "formats/json/plan.h"
#include "formats/record_decoder.h"
#include "model/block.h"

namespace penstock::json {

/// Reads whole messages in one pass, each value by the reader made for its column.
/// Takes only what the plain path would take, and puts the same values.
///
/// Threads: one lane.
class FastRow {
 public:
  /// What is known of a message behind the row that was read.
  enum class Rest : std::uint8_t {
    none,     // that was all of it
    rows,     // another row
    unknown,  // nothing was read: the message is for the plain path, and the caller undoes its rows
  };

  /// `sample`: a block of the layout that rows will be put into.
  FastRow(const Plan& plan, Block& sample, const RecordLimits& limits);

  /// Reads into this block from now on. Once per batch: a block may take over another's place.
  void aim_at(Block& block);

  /// Puts one value of the message's first row into every target slot.
  Rest read_first(std::string_view message);
  /// The same for the next row, after Rest::rows and when the last one was ended.
  Rest read_next() { return read_row(next_); }

 private:
  /// A column that a field fills. Those of one field lie side by side.
  struct alignas(64) Filled {
    ValueReader reader;
    ColumnWriter* column = nullptr;  // of the block being filled
    std::uint64_t by_object = 0;     // the last one that brought it: a row
    std::uint32_t slot = 0;
    bool null_is_missing = false;
    bool has_ways = false;
  };
  /// The same inside the lists we are in: a column of their elements.
  struct Element {
    ValueReader* reader = nullptr;
    ColumnWriter* column = nullptr;
    std::uint64_t by_object = 0;  // an element of a list
  };
  /// What a key leads to: some of columns_, and a level below or 0.
  struct Key {
    std::uint32_t first = 0;
    std::uint32_t count = 0;
    std::uint32_t level = 0;
  };
  struct KeyLevel {
    KeyGraph graph;
    std::vector<Key> keys;
    std::vector<std::uint32_t> below;  // in columns_
  };

  Rest read_row(const char* at);
  template <bool kInList>
  const char* read_object(const char* at, KeyLevel& level);
  template <bool kInList>
  const char* read_key(const char* at, Key key);
  template <bool kInList>
  const char* read_below(const char* at, KeyLevel& level);
  template <bool kInList>
  const char* read_list(const char* at, KeyLevel& level);
  template <bool kInList>
  bool enter_list(const KeyLevel& level);
  void leave_list(const KeyLevel& level, bool in_list);
  const char* read_elements(const char* at, KeyLevel& level);

  std::vector<KeyLevel> levels_;
  std::vector<Filled> columns_;
  std::vector<Element> elements_;  // by column
  std::vector<Element> outside_;   // of the lists we are in
  // A longer message may hold a longer string, which the plain path looks for.
  const std::size_t max_string_bytes_;
  PaddedText text_;
  FastMessage message_;
  Block* block_ = nullptr;
  const char* next_ = nullptr;  // row
  bool rows_in_list_ = false;
  std::uint64_t object_ = 0;  // row or element at hand, counted
  std::uint64_t last_object_ = 0;
  std::size_t filled_ = 0;  // columns that this row brought
};

}  // namespace penstock::json
