#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "formats/avro/message.h"
#include "formats/avro/skip.h"
#include "formats/avro/value_reader.h"
#include "model/block.h"

namespace penstock::avro {

/// A column that a step fills: a slot of the block, or the elements of the arrays in it.
struct Place {
  std::size_t slot = 0;
  std::size_t level = 0;           // how many arrays inside it
  ColumnWriter* column = nullptr;  // of the block being filled

  void aim_at(Block& block);
};

struct Step;

/// Fills places from values side by side.
struct Steps {
  std::vector<Step> steps;
  /// Places that nothing here fills.
  std::vector<Place> missing;
  /// Set where there can be no row: says why.
  std::string broken;

  void aim_at(Block& block);
  /// `slot` becomes the one whose column refused a value.
  const char* run(Message& message, const char* at, Block& block, std::size_t& slot);
};

/// One step from a value to what it fills.
struct Step {
  enum class What : std::uint8_t {
    skip,    // nothing
    value,   // one place
    branch,  // a union with records inside: the places of inner[its branch]
    each,    // an array of records: the places of inner[0], once per element
  };
  What what = What::skip;
  /// The next step reads the same value again.
  bool stays = false;
  /// value: the branch that counts as missing, or -1.
  int missing_branch = -1;
  std::optional<ValueReader> reader;  // value
  Place place;                        // value
  SkipRun skipped;                    // skip
  std::vector<Steps> inner;
  std::vector<Place> arrays;  // each: the columns that get one array
  bool is_empty = false;      // each: its elements take no bytes

  void aim_at(Block& block);
  const char* run(Message& message, const char* at, Block& block, std::size_t& slot) {
    const bool is_usual = what == What::value && missing_branch < 0;
    if (!is_usual) return run_unusual(message, at, block, slot);
    slot = place.slot;
    return reader->read(message, at, *place.column);
  }

 private:
  const char* run_unusual(Message& message, const char* at, Block& block, std::size_t& slot);
  const char* run_branch(Message& message, const char* at, Block& block, std::size_t& slot);
  const char* run_each(Message& message, const char* at, Block& block, std::size_t& slot);
  /// The place behind the value when it counts as missing, else null without trouble.
  const char* behind_missing(Message& message, const char* at) const;
};

}  // namespace penstock::avro
