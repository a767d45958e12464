#include "model/column/low_cardinality.h"

#include <algorithm>
#include <cstring>
#include <iterator>
#include <limits>
#include <utility>
#include <vector>

#include "base/check.h"
#include "model/column/inner_type.h"
#include "model/column/type_literal.h"

namespace penstock {
namespace {

// Once per column: dictionaries come with the block, they are not shared.
constexpr std::uint64_t kVersion = 1;
// Per block: it brings keys of its own, and readers renew their dictionary.
constexpr std::uint64_t kFlags = 0x600;

/// What ClickHouse 26.7 takes, with allow_suspicious_low_cardinality_types or without.
constexpr std::string_view kKeyTypes[] = {
    "BFloat16", "Bool",   "Date",   "Date32", "DateTime", "FixedString", "Float32",
    "Float64",  "IPv4",   "IPv6",   "Int128", "Int16",    "Int256",      "Int32",
    "Int64",    "Int8",   "String", "Time",   "UInt128",  "UInt16",      "UInt256",
    "UInt32",   "UInt64", "UInt8",  "UUID"};

std::string_view without_length(std::string_view text) {
  std::size_t at = 0;
  while ((static_cast<unsigned char>(text[at]) & 0x80) != 0) ++at;
  return text.substr(at + 1);
}

}  // namespace

std::uint32_t KeyNumbers::at(std::size_t row) const {
  std::uint32_t number = 0;
  std::memcpy(&number, bytes_.data() + (row << width_), std::size_t{1} << width_);
  return number;
}

void KeyNumbers::widen(std::uint32_t number) {
  KeyNumbers wide;
  wide.width_ = number < 0xffff ? 1 : 2;
  wide.limit_ = wide.width_ == 1 ? 0xffff : std::numeric_limits<std::uint32_t>::max();
  for (std::size_t row = 0; row < rows(); ++row) wide.add(at(row));
  *this = std::move(wide);
}

void KeyNumbers::truncate(std::size_t rows) {
  if (rows < this->rows()) bytes_.shrink(rows << width_);
  if (bytes_.size() != 0) return;
  width_ = 0;
  limit_ = kLimitOf1Byte;
}

LowCardinalityColumn::LowCardinalityColumn(std::unique_ptr<Column> scratch, KeyForm form,
                                           Nulls nulls)
    : scratch_(std::move(scratch)), form_(form), nulls_(nulls), keys_(form) {
  scratch_->put_default();
  const std::string_view zero = read_scratch();
  if (form == KeyForm::fixed_width) fixed_key_ = zero;
  if (nulls == Nulls::allowed) keys_.add_hidden(zero);
  keys_.find_or_add(zero, 0);
  scratch_->clear();
}

std::string_view LowCardinalityColumn::read_scratch() {
  scratch_bytes_.clear();
  scratch_->write_rows(scratch_bytes_);
  const auto& pieces = scratch_bytes_.pieces();
  PENSTOCK_CHECK(pieces.size() == 1, "a scalar column holds one row in one piece");
  const std::string_view bytes = as_text(pieces.front());
  return form_ == KeyForm::text ? without_length(bytes) : bytes;
}

std::size_t LowCardinalityColumn::bytes() const noexcept {
  return rows() == 0 ? 0 : keys_.bytes() + numbers_.bytes();
}

void LowCardinalityColumn::truncate(std::size_t rows) {
  if (rows >= numbers_.rows()) return;
  numbers_.truncate(rows);
  keys_.forget_from(rows, reserved());
}

void LowCardinalityColumn::write_prefix(NativeOutput& out) const { out.number(kVersion); }

void LowCardinalityColumn::write_rows(NativeOutput& out) const {
  // Inside an Array all rows of a block may be empty; then nothing follows.
  if (rows() == 0) return;
  out.number(kFlags | numbers_.width());
  out.number(std::uint64_t{keys_.size()});
  keys_.write(out);
  out.number(std::uint64_t{rows()});
  numbers_.write(out);
}

void LowCardinalityColumn::append(const Column& from, std::size_t first, std::size_t count) {
  const auto& other = static_cast<const LowCardinalityColumn&>(from);
  constexpr std::uint32_t kUnseen = std::numeric_limits<std::uint32_t>::max();
  std::vector<std::uint32_t> ours(other.keys_.size(), kUnseen);
  for (std::uint32_t number = 0; number < reserved(); ++number) ours[number] = number;
  for (std::size_t row = first; row < first + count; ++row) {
    const std::uint32_t theirs = other.numbers_.at(row);
    if (ours[theirs] == kUnseen) {
      ours[theirs] = keys_.find_or_add(other.keys_.key(theirs), rows());
    }
    numbers_.add(ours[theirs]);
  }
}

Result<std::unique_ptr<Column>> make_low_cardinality(const Type& type) {
  const bool nullable = type.arguments.size() == 1 && type.arguments.front().is("Nullable");
  const Type& outer = nullable ? type.arguments.front() : type;
  PENSTOCK_TRY(scratch, make_inner_column(outer, 0, 1));
  const Type& inner = outer.arguments.front();
  if (std::ranges::find(kKeyTypes, inner.name) == std::end(kKeyTypes)) {
    return unusable_type(type, "its keys can be text, plain numbers, dates, UUID or IP addresses");
  }
  using Nulls = LowCardinalityColumn::Nulls;
  return std::unique_ptr<Column>(std::make_unique<LowCardinalityColumn>(
      std::move(scratch), inner.is("String") ? KeyForm::text : KeyForm::fixed_width,
      nullable ? Nulls::allowed : Nulls::none));
}

}  // namespace penstock
