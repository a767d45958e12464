#pragma once

#include <cstring>
#include <memory>

#include "model/column.h"
#include "model/column/tail.h"

namespace penstock {

/// FixedString(N): N bytes per row. Shorter values are filled up with zero
/// bytes, longer ones are out_of_range.
class FixedTextColumn final : public Column {
 public:
  explicit FixedTextColumn(std::size_t width) : width_(width) {}

  Fit put_text(std::string_view value) override {
    if (value.size() > width_) return Fit::out_of_range;
    char* const at = bytes_.room(width_);
    if (!value.empty()) std::memcpy(at, value.data(), value.size());
    std::memset(at + value.size(), 0, width_ - value.size());
    bytes_.grow(width_);
    return Fit::ok;
  }
  Fit put_json(std::string_view json) override { return put_text(json); }
  void put_default() override { put_text({}); }

  std::size_t rows() const noexcept override { return bytes_.size() / width_; }
  std::size_t bytes() const noexcept override { return bytes_.size(); }
  void truncate(std::size_t rows) override {
    if (rows < this->rows()) bytes_.shrink(rows * width_);
  }
  void write_rows(NativeOutput& out) const override { out.borrow(bytes_.data(), bytes_.size()); }
  void append(const Column& from, std::size_t first, std::size_t count) override {
    const auto& other = static_cast<const FixedTextColumn&>(from);
    bytes_.append(other.bytes_.data() + first * width_, count * width_);
  }

 private:
  const std::size_t width_;
  Tail<char> bytes_;
};

Result<std::unique_ptr<Column>> make_fixed_text(const Type& type);

}  // namespace penstock
