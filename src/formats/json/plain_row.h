#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "formats/json/client.h"
#include "formats/json/plan.h"
#include "formats/json/value.h"
#include "model/block.h"

namespace penstock::json {

/// Reads any row with the general parser, and says what is wrong with it.
///
/// Threads: one lane.
class PlainRow {
 public:
  /// `plan` lives longer.
  PlainRow(const Plan& plan, const RecordLimits& limits);

  /// Puts one value into every target slot. False: see trouble(); the caller undoes the row.
  bool read(simdjson::padded_string_view row, Block& into);

  const Trouble& trouble() const noexcept { return values_.trouble(); }
  /// Whose column refused the value; when trouble() is Kind::refused or too_long.
  std::size_t refusing_slot() const noexcept { return refusing_slot_; }

 private:
  static constexpr Way kNoWay = ~Way{0};

  /// Where the values of a target go in the object at hand.
  struct Landing {
    ColumnWriter* column = nullptr;  // null: what is found here does not count
    std::size_t rows = 0;            // before the value
    Way way = kNoWay;                // of the best key so far
    bool is_filled = false;
  };

  bool read_object(ondemand::object& object, const Level& level, Way way, std::size_t depth);
  bool put_entry(ondemand::value value, const KeyTarget& key, Way way, std::size_t depth);
  template <class Container>
  bool put_container(simdjson::simdjson_result<Container> found, const KeyTarget& key, Way way,
                     std::size_t depth);
  void choose_columns(std::size_t field, Way way, bool is_null);
  std::span<ColumnWriter* const> chosen() const { return {columns_.data(), chosen_}; }

  bool go_on(ondemand::object& object, const Level& level, Way way, std::size_t depth);
  bool go_on(ondemand::array& array, const Level& level, Way way, std::size_t depth);
  bool enter_list(const Level& level, Way way);
  bool read_element(ondemand::value value, const Level& level, Way way, std::size_t depth);
  void leave_list(const Level& level, Way way);
  bool noted(bool taken);

  const Plan& plan_;
  const RecordLimits limits_;
  ondemand::parser parser_;
  ValueWriter values_;
  std::vector<Landing> landings_;  // by target
  std::vector<Landing> outside_;   // of the lists we are in
  // The columns that want the value at hand, and their slots.
  std::vector<ColumnWriter*> columns_;
  std::vector<std::size_t> slots_;
  std::size_t chosen_ = 0;
  std::size_t refusing_slot_ = 0;
};

}  // namespace penstock::json
