#include "model/column/text.h"

#include <algorithm>
#include <charconv>

#include "model/column/clock_text.h"
#include "model/column/real_text.h"
#include "model/column/time_text.h"

namespace penstock {
namespace {

constexpr std::size_t kNumberBytes = 32;

}  // namespace

Fit TextColumn::put_int(std::int64_t value) {
  char buffer[kNumberBytes];
  const auto end = std::to_chars(buffer, buffer + sizeof(buffer), value).ptr;
  return put_text({buffer, end});
}

Fit TextColumn::put_uint(std::uint64_t value) {
  char buffer[kNumberBytes];
  const auto end = std::to_chars(buffer, buffer + sizeof(buffer), value).ptr;
  return put_text({buffer, end});
}

Fit TextColumn::put_real(double value) {
  RealBuffer buffer;
  return put_text(real_text(value, buffer));
}

Fit TextColumn::put_time(std::int64_t count, TimeUnit unit) {
  TimeBuffer buffer;
  const std::string_view text = format_time(count, unit, buffer);
  return text.empty() ? put_int(count) : put_text(text);
}

Fit TextColumn::put_day(std::int64_t days) {
  constexpr std::size_t kDayLetters = 10;
  constexpr std::int64_t kFarDays = 10'000'000;  // beyond the year 9999
  if (days < -kFarDays || days > kFarDays) return put_int(days);
  TimeBuffer buffer;
  const std::string_view text = format_time(days * 86400, TimeUnit::seconds, buffer);
  return text.empty() ? put_int(days) : put_text(text.substr(0, kDayLetters));
}

Fit TextColumn::put_duration(std::int64_t count, TimeUnit unit) {
  ClockBuffer buffer;
  const std::string_view text = format_clock(count, unit, buffer);
  return text.empty() ? put_int(count) : put_text(text);
}

void TextColumn::truncate(std::size_t rows) {
  if (rows >= rows_) return;
  bytes_.shrink(offset_of(rows));
  marks_.resize((rows + kRowsPerMark - 1) / kRowsPerMark);
  rows_ = rows;
}

void TextColumn::append(const Column& from, std::size_t first, std::size_t count) {
  const auto& other = static_cast<const TextColumn&>(from);
  const std::size_t begin = other.offset_of(first);
  const std::size_t target = bytes_.size();
  std::size_t end = begin;
  for (std::size_t i = 0; i < count; ++i, ++rows_) {
    if (rows_ % kRowsPerMark == 0) marks_.push_back(target + end - begin);
    end = other.row_end(end);
  }
  bytes_.append(other.bytes_.data() + begin, end - begin);
}

std::size_t TextColumn::offset_of(std::size_t row) const {
  if (row >= rows_) return bytes_.size();
  std::size_t offset = marks_[row / kRowsPerMark];
  for (std::size_t i = row % kRowsPerMark; i > 0; --i) offset = row_end(offset);
  return offset;
}

std::size_t TextColumn::row_end(std::size_t offset) const {
  std::size_t length = 0;
  for (int shift = 0;; shift += 7) {
    const auto byte = static_cast<unsigned char>(bytes_.data()[offset++]);
    length |= static_cast<std::size_t>(byte & 0x7f) << shift;
    if (byte < 0x80) return offset + length;
  }
}

Result<std::unique_ptr<Column>> make_text(const Type& /*type*/) {
  return std::unique_ptr<Column>(std::make_unique<TextColumn>());
}

}  // namespace penstock
