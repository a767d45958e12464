#pragma once

#include <cstdint>
#include <cstring>
#include <memory>
#include <vector>

#include "model/column.h"
#include "model/column/swar.h"
#include "model/column/tail.h"

namespace penstock {

/// String: any bytes, in Native's form: per row the length as varint, then the
/// bytes. Numbers and bools are taken as their text, as ClickHouse does.
///
/// A row's place is known for every 1024th row; others are found by walking on
/// from there, so truncating or slicing costs at most that.
class TextColumn final : public Column {
 public:
  Fit put_int(std::int64_t value) override;
  Fit put_uint(std::uint64_t value) override;
  Fit put_real(double value) override;
  Fit put_bool(bool value) override { return put_text(value ? "true" : "false"); }
  /// As ClickHouse spells it, in UTC: "2024-01-05 12:34:56.789".
  Fit put_time(std::int64_t count, TimeUnit unit) override;
  /// "2024-01-05".
  Fit put_day(std::int64_t days) override;
  /// As ClickHouse spells Time and Time64: "12:34:56.789".
  Fit put_duration(std::int64_t count, TimeUnit unit) override;
  Fit put_json(std::string_view json) override { return put_text(json); }
  Fit put_number(std::string_view digits) override { return put_text(digits); }
  Fit put_text(std::string_view value) override {
    const std::size_t size = value.size();
    if (size > kLongestShort) return put_long_text(value);
    if (rows_ % kRowsPerMark == 0) marks_.push_back(bytes_.size());
    ++rows_;
    char* const at = bytes_.room(1 + kLongestShort);
    Tail<char>::fetch_ahead(at);
    *at = static_cast<char>(size);
    copy_short(value.data(), size, at + 1);
    bytes_.grow(1 + size);
    return Fit::ok;
  }
  void put_default() override { start_row(0); }
  bool wants_digits() const noexcept override { return true; }

  std::size_t rows() const noexcept override { return rows_; }
  std::size_t bytes() const noexcept override { return bytes_.size(); }
  void truncate(std::size_t rows) override;
  void write_rows(NativeOutput& out) const override { out.borrow(bytes_.data(), bytes_.size()); }
  void append(const Column& from, std::size_t first, std::size_t count) override;

 private:
  static constexpr std::size_t kRowsPerMark = 1024;
  static constexpr std::size_t kVarintBytes = 10;

  // One byte says its length, and a few moves copy it.
  static constexpr std::size_t kLongestShort = 64;

  /// Copies at most kLongestShort bytes in moves of fixed sizes that may overlap: reads
  /// nothing but those bytes, may write up to kLongestShort.
  static void copy_short(const char* from, std::size_t size, char* to) {
    constexpr std::size_t kMove = 16;
    if (size >= kMove) {
      char last[kMove];
      std::memcpy(last, from + size - kMove, kMove);
      for (std::size_t done = 0; done + kMove < size; done += kMove) {
        std::memcpy(to + done, from + done, kMove);
      }
      std::memcpy(to + size - kMove, last, kMove);
    } else if (size >= 8) {
      const auto last = swar::load(from + size - 8);
      std::memcpy(to, from, 8);
      std::memcpy(to + size - 8, &last, 8);
    } else if (size > 0) {
      const std::uint64_t word = swar::load_short(from, size);
      std::memcpy(to, &word, 8);
    }
  }
  Fit put_long_text(std::string_view value) {
    std::memcpy(start_row(value.size()), value.data(), value.size());
    bytes_.grow(value.size());
    return Fit::ok;
  }
  /// Writes the length and leaves room for that many bytes after it.
  char* start_row(std::size_t length) {
    if (rows_ % kRowsPerMark == 0) marks_.push_back(bytes_.size());
    ++rows_;
    char* const start = bytes_.room(length + kVarintBytes);
    char* at = start;
    std::size_t rest = length;
    for (; rest >= 0x80; rest >>= 7) *at++ = static_cast<char>(rest | 0x80);
    *at++ = static_cast<char>(rest);
    bytes_.grow(static_cast<std::size_t>(at - start));
    return at;
  }
  /// Where `row` starts, or the end of all for row == rows().
  std::size_t offset_of(std::size_t row) const;
  /// Where the row that starts at `offset` ends.
  std::size_t row_end(std::size_t offset) const;

  Tail<char> bytes_;
  std::vector<std::size_t> marks_;  // offset of every kRowsPerMark-th row
  std::size_t rows_ = 0;
};

Result<std::unique_ptr<Column>> make_text(const Type& type);

}  // namespace penstock
