#pragma once

#include <cstdint>
#include <cstring>
#include <memory>

#include "model/column.h"
#include "model/column/key_dictionary.h"
#include "model/column/tail.h"

namespace penstock {

/// Numbers of dictionary keys, one per row, in the narrowest width that holds
/// the largest of them.
class KeyNumbers {
 public:
  std::size_t rows() const noexcept { return bytes_.size() >> width_; }
  std::size_t bytes() const noexcept { return bytes_.size(); }
  /// Native's name for the width: 0, 1, 2 for 1, 2, 4 bytes.
  std::uint64_t width() const noexcept { return width_; }
  std::uint32_t at(std::size_t row) const;
  void add(std::uint32_t number) {
    // One less than the width could hold: so does ClickHouse.
    if (number >= limit_) widen(number);
    // Little-endian, as Native is and as x86 and ARM are: the low bytes come first.
    std::memcpy(bytes_.room(sizeof(number)), &number, sizeof(number));
    bytes_.grow(std::size_t{1} << width_);
  }
  void truncate(std::size_t rows);
  void write(NativeOutput& out) const { out.borrow(bytes_.data(), bytes_.size()); }

 private:
  static constexpr std::uint32_t kLimitOf1Byte = 0xff;

  void widen(std::uint32_t number);

  unsigned width_ = 0;
  std::uint32_t limit_ = kLimitOf1Byte;
  Tail<char> bytes_;
};

/// LowCardinality(T) and LowCardinality(Nullable(T)), T a scalar: each block
/// carries its own dictionary, and per row the number of its key.
///
/// Key 0 is T's zero value; under Nullable key 0 stands for null and key 1 is
/// the zero value: the order ClickHouse writes itself.
class LowCardinalityColumn final : public Column {
 public:
  enum class Nulls : std::uint8_t { none, allowed };

  /// `scratch`: an empty column of T that reads the offered values.
  LowCardinalityColumn(std::unique_ptr<Column> scratch, KeyForm form, Nulls nulls);

  Fit put_int(std::int64_t value) override { return take(scratch_->put_int(value)); }
  Fit put_uint(std::uint64_t value) override { return take(scratch_->put_uint(value)); }
  Fit put_real(double value) override { return take(scratch_->put_real(value)); }
  Fit put_bool(bool value) override { return take(scratch_->put_bool(value)); }
  Fit put_text(std::string_view value) override {
    if (form_ == KeyForm::fixed_width) return take(scratch_->put_text(value));
    add(value);
    return Fit::ok;
  }
  Fit put_bytes(std::string_view value) override { return take(scratch_->put_bytes(value)); }
  Fit put_json(std::string_view json) override { return take(scratch_->put_json(json)); }
  Fit put_number(std::string_view digits) override { return take(scratch_->put_number(digits)); }
  Fit put_decimal(std::int64_t unscaled, int scale) override {
    return take(scratch_->put_decimal(unscaled, scale));
  }
  Fit put_time(std::int64_t count, TimeUnit unit) override {
    return take(scratch_->put_time(count, unit));
  }
  Fit put_day(std::int64_t days) override { return take(scratch_->put_day(days)); }
  Fit put_duration(std::int64_t count, TimeUnit unit) override {
    return take(scratch_->put_duration(count, unit));
  }
  void put_default() override { numbers_.add(0); }
  bool wants_digits() const noexcept override { return scratch_->wants_digits(); }

  std::size_t rows() const noexcept override { return numbers_.rows(); }
  std::size_t bytes() const noexcept override;
  void truncate(std::size_t rows) override;
  void write_prefix(NativeOutput& out) const override;
  void write_rows(NativeOutput& out) const override;
  void append(const Column& from, std::size_t first, std::size_t count) override;

 private:
  std::uint32_t reserved() const noexcept { return nulls_ == Nulls::allowed ? 2 : 1; }
  void add(std::string_view key) { numbers_.add(keys_.find_or_add(key, rows())); }
  /// Moves the value that scratch_ accepted, if it did, into the dictionary.
  Fit take(Fit fit) {
    if (fit != Fit::ok) return fit;
    add(scratch_key());
    scratch_->clear();
    return Fit::ok;
  }
  /// What scratch_ holds in its one row. Valid until it changes.
  std::string_view scratch_key() {
    return form_ == KeyForm::fixed_width ? fixed_key_ : read_scratch();
  }
  std::string_view read_scratch();

  std::unique_ptr<Column> scratch_;
  NativeOutput scratch_bytes_;
  // A cleared column keeps its memory: each value of fixed width lies where the first lay.
  std::string_view fixed_key_;
  const KeyForm form_;
  const Nulls nulls_;
  KeyDictionary keys_;
  KeyNumbers numbers_;
};

Result<std::unique_ptr<Column>> make_low_cardinality(const Type& type);

}  // namespace penstock
