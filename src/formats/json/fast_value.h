#pragma once

#include <memory>

#include "formats/json/fast_message.h"
#include "model/column_writer.h"

namespace penstock::json {

/// Reads one JSON value of the fast path into a column; made once per plan for the
/// class of the column, so that nothing about the type is asked per value.
class ValueReader {
 public:
  virtual ~ValueReader() = default;

  /// Puts the value at `at` into the column, which must be of the class that the
  /// reader was made for. See FastMessage for what it gives back; with null the
  /// column may hold half a value.
  virtual const char* read(FastMessage& message, const char* at, ColumnWriter& into) = 0;
};

/// A reader for columns built like `sample`.
std::unique_ptr<ValueReader> make_value_reader(ColumnWriter& sample);

}  // namespace penstock::json
