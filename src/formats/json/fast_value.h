#pragma once

#include <memory>
#include <vector>

#include "formats/json/fast_message.h"
#include "formats/json/key_graph.h"
#include "model/column_writer.h"

namespace penstock::json {

/// Reads one JSON value of the fast path into a column; made once per plan for the
/// class of the column, so that nothing about the type is asked per value.
class ValueReader {
 public:
  /// Reads into columns built like `sample`.
  explicit ValueReader(ColumnWriter& sample);

  /// Puts the value at `at` into the column. See FastMessage for what it gives back;
  /// with null the column may hold half a value.
  const char* read(FastMessage& message, const char* at, ColumnWriter& into) {
    return read_(*this, message, at, into);
  }

 private:
  friend struct Readers;
  using Read = const char* (*)(ValueReader&, FastMessage&, const char* at, ColumnWriter&);

  Read read_;                       // the one for the column's class
  std::vector<ValueReader> inner_;  // of a container's parts
  std::unique_ptr<KeyGraph> keys_;  // of a Tuple
};

}  // namespace penstock::json
