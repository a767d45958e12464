#pragma once

#include <cstddef>
#include <span>
#include <type_traits>
#include <vector>

#include "model/column.h"

namespace penstock {

/// The half of a column that all types of fixed width share: one value per row,
/// side by side, as Native wants them. A subclass adds the rules for values:
/// it checks what it is offered and then calls take().
template <class T>
class FixedWidthColumn : public Column {
  static_assert(std::is_trivially_copyable_v<T>, "rows travel as the bytes they are");

 public:
  void put_default() override { values_.push_back(T{}); }

  std::size_t rows() const noexcept final { return values_.size(); }
  std::size_t bytes() const noexcept final { return values_.size() * sizeof(T); }

  void truncate(std::size_t rows) final {
    if (rows < values_.size()) values_.resize(rows);
  }
  void write_rows(NativeOutput& out) const final { out.borrow(values_.data(), bytes()); }

  void append(const Column& from, std::size_t first, std::size_t count) final {
    const auto* begin = static_cast<const FixedWidthColumn&>(from).values_.data() + first;
    values_.insert(values_.end(), begin, begin + count);
  }

  std::span<const T> values() const noexcept { return values_; }

 protected:
  Fit take(T value) {
    values_.push_back(value);
    return Fit::ok;
  }

 private:
  std::vector<T> values_;
};

}  // namespace penstock
