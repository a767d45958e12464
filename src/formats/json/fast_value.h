#pragma once

#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

#include "formats/json/fast_message.h"
#include "formats/json/key_graph.h"
#include "model/column_writer.h"

namespace penstock::json {

/// Reads one JSON value of the fast path into a column; made once per plan for the
/// class of the column, so that nothing about the type is asked per value.
class ValueReader {
 public:
  using Read = const char* (*)(ValueReader& self, FastMessage&, const char* at, ColumnWriter&);

  /// `read` is made for the column's class, `inner` for its parts where it is a
  /// container; `keys` are the names of a Tuple's elements.
  explicit ValueReader(Read read, std::vector<ValueReader> inner = {},
                       std::unique_ptr<KeyGraph> keys = nullptr)
      : read_(read), inner_(std::move(inner)), keys_(std::move(keys)) {}

  /// Puts the value at `at` into the column. See FastMessage for what it gives back;
  /// with null the column may hold half a value.
  const char* read(FastMessage& message, const char* at, ColumnWriter& into) {
    return read_(*this, message, at, into);
  }

  ValueReader& inner(std::size_t part) { return inner_[part]; }
  KeyGraph& keys() { return *keys_; }

 private:
  Read read_;
  std::vector<ValueReader> inner_;
  std::unique_ptr<KeyGraph> keys_;
};

/// A reader for columns built like `sample`.
ValueReader make_value_reader(ColumnWriter& sample);

}  // namespace penstock::json
