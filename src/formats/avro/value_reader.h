#pragma once

#include <cstddef>
#include <utility>
#include <vector>

#include "base/result.h"
#include "formats/avro/message.h"
#include "formats/avro/schema.h"
#include "formats/avro/skip.h"
#include "model/column_writer.h"

namespace penstock::avro {

/// Reads one value into a column; made once per schema and table, for the type of the value
/// and the class of the column, so that neither is asked about per value.
class ValueReader {
 public:
  using Read = const char* (*)(const ValueReader& self, Message&, const char* at, ColumnWriter&);

  /// `read` is made for the column's class; `node` lives as long as the reader.
  ValueReader(Read read, const Node& node, std::vector<ValueReader> inner = {})
      : read_(read), node_(&node), inner_(std::move(inner)) {}
  /// Passes over values and leaves the column alone.
  explicit ValueReader(SkipRun skipped);

  /// See Message for what it gives back; with null the column may hold half a value.
  const char* read(Message& message, const char* at, ColumnWriter& into) const {
    return read_(*this, message, at, into);
  }

  const Node& node() const { return *node_; }
  const ValueReader& inner(std::size_t part) const { return inner_[part]; }
  const std::vector<ValueReader>& inner() const { return inner_; }
  const SkipRun& skipped() const { return skipped_; }

  /// Which child of the column it fills, where that is one of several.
  std::size_t child = 0;
  /// A record: children of the column that no field fills.
  std::vector<std::size_t> unfilled;

 private:
  Read read_;
  const Node* node_ = nullptr;
  std::vector<ValueReader> inner_;
  SkipRun skipped_;
};

/// A reader of such values for columns built like `sample`.
/// Errors: schema.unusable when no value of the type fits the column; the message says which
/// part of the value does not: `record "Money" of field "order.total"`. `field`: the value's name.
Result<ValueReader> make_value_reader(const Node& node, ColumnWriter& sample,
                                      const std::string& field);

}  // namespace penstock::avro
