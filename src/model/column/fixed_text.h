#pragma once

#include <memory>
#include <string>

#include "model/column.h"

namespace penstock {

/// FixedString(N): N bytes per row. Shorter values are filled up with zero
/// bytes, longer ones are out_of_range.
class FixedTextColumn final : public Column {
 public:
  explicit FixedTextColumn(std::size_t width) : width_(width) {}

  Fit put_text(std::string_view value) override {
    if (value.size() > width_) return Fit::out_of_range;
    bytes_.append(value);
    bytes_.append(width_ - value.size(), '\0');
    return Fit::ok;
  }
  void put_default() override { bytes_.append(width_, '\0'); }

  std::size_t rows() const noexcept override { return bytes_.size() / width_; }
  std::size_t bytes() const noexcept override { return bytes_.size(); }
  void truncate(std::size_t rows) override {
    if (rows < this->rows()) bytes_.resize(rows * width_);
  }
  void write_rows(NativeOutput& out) const override { out.borrow(bytes_.data(), bytes_.size()); }
  void append(const Column& from, std::size_t first, std::size_t count) override {
    const auto& other = static_cast<const FixedTextColumn&>(from);
    bytes_.append(other.bytes_, first * width_, count * width_);
  }

 private:
  const std::size_t width_;
  std::string bytes_;
};

Result<std::unique_ptr<Column>> make_fixed_text(const Type& type);

}  // namespace penstock
