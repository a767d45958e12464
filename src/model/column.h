#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include "base/result.h"
#include "model/column_writer.h"
#include "model/native_output.h"
#include "model/type.h"

namespace penstock {

/// Values of one ClickHouse type, held in ClickHouse's Native layout so that
/// sending them is a matter of naming the memory. One subclass per type family,
/// in model/column/<family>.{h,cc}; model/column/registry.cc lists them all.
///
/// Source of the layout: ClickHouse's Native format, revision 0 (no block info).
class Column : public ColumnWriter {
 public:
  // A column refuses every kind of value it does not override.
  Fit put_int(std::int64_t /*value*/) override { return Fit::wrong_type; }
  Fit put_uint(std::uint64_t /*value*/) override { return Fit::wrong_type; }
  Fit put_real(double /*value*/) override { return Fit::wrong_type; }
  Fit put_bool(bool /*value*/) override { return Fit::wrong_type; }
  Fit put_text(std::string_view /*value*/) override { return Fit::wrong_type; }
  Fit put_number(std::string_view /*digits*/) override { return Fit::wrong_type; }
  Fit put_json(std::string_view /*json*/) override { return Fit::wrong_type; }
  Fit put_null() override {
    put_default();
    return Fit::ok;
  }

  /// Bytes held, for the budget and the seal.
  virtual std::size_t bytes() const noexcept = 0;

  /// Forgets the rows, keeps the memory for the next block.
  void clear() { truncate(0); }

  /// What Native wants once per column, before any data (LowCardinality's
  /// version). Containers pass it on to their children.
  virtual void write_prefix(NativeOutput& out) const;

  /// All rows. Borrows this column's memory: keep it unchanged until sent.
  virtual void write_rows(NativeOutput& out) const = 0;

  /// Appends `count` rows of `from`, a column of the same type, from `first` on.
  virtual void append(const Column& from, std::size_t first, std::size_t count) = 0;
};

/// An empty column of the given type. Errors: pipe.mapping for a type Penstock
/// does not write (AggregateFunction, Interval, …), naming it.
Result<std::unique_ptr<Column>> make_column(const Type& type);

}  // namespace penstock
