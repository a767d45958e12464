#pragma once

#include <cstddef>
#include <deque>
#include <span>
#include <string>
#include <vector>

#include "formats/protobuf/message_type.h"
#include "formats/protobuf/trouble.h"
#include "formats/protobuf/wire.h"

namespace penstock::protobuf {

/// Takes the entries of a map apart: of a key given twice the last entry
/// counts; a key or value that is not there is its kind's zero, messages given
/// twice as the value of one entry are merged.
class MapEntries {
 public:
  struct Entry {
    WireValue key;
    WireValue value;
  };

  /// `map`: the map's field. Fit::ok, or see `trouble`.
  Fit read(const FieldType& map, std::span<const WireValue> found, std::size_t max_depth,
           Trouble& trouble);

  /// In the order of the message. Borrows what was read.
  std::span<const Entry> entries() const noexcept { return entries_; }

 private:
  void drop_repeated_keys();

  std::vector<Entry> entries_;
  std::vector<std::size_t> order_;  // by key
  std::vector<bool> is_replaced_;
  std::deque<std::string> joined_;  // messages given in parts
};

/// The field of the entries' values; the keys' is the first one.
inline const FieldType& key_of(const FieldType& map) { return map.message->fields[0]; }
inline const FieldType& value_of(const FieldType& map) { return map.message->fields[1]; }

}  // namespace penstock::protobuf
