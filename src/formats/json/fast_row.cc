#include "formats/json/fast_row.h"

#include <algorithm>

namespace penstock::json {
namespace {

// Readers call themselves: deeper messages are left to the plain path.
constexpr std::size_t kMostLevels = 512;

}  // namespace

FastRow::FastRow(const Plan& plan, Block& sample, std::size_t max_depth) : keys_(plan.keys()) {
  message_.max_depth = std::min(max_depth, kMostLevels);
  for (std::size_t field = 0; field < plan.keys().size(); ++field) {
    fields_.push_back({.first = static_cast<std::uint32_t>(columns_.size()),
                       .count = static_cast<std::uint32_t>(plan.field(field).size())});
    for (const std::size_t index : plan.field(field)) {
      const Target& target = plan.targets()[index];
      columns_.push_back({.reader = make_value_reader(sample.writer(target.slot)),
                          .slot = static_cast<std::uint32_t>(target.slot),
                          .null_is_missing = target.null_is_missing});
    }
  }
}

void FastRow::aim_at(Block& block) {
  block_ = &block;
  for (Filled& filled : columns_) filled.column = &block.writer(filled.slot);
}

bool FastRow::read(std::string_view message) {
  message = without_trailing_blanks(without_leading_blanks(message));
  if (message.size() < 2 || message.front() != '{' || message.back() != '}') return false;
  message = text_.with_read_ahead(message);
  message_.last = &message.back();
  message_.has_high = false;
  ++record_;
  filled_ = 0;

  const char* at = message.data() + 1;
  KeyGraph::Field field = keys_.start();
  while (at != message_.last) {
    const char* const value = keys_.follow(message_, at, field);
    if (value == nullptr) {
      if (skip_blanks(at) != message_.last) return false;
      break;
    }
    at = field == keys_.other() ? skip_value(message_, value) : read_field(value, fields_[field]);
    if (at == nullptr) return false;
  }
  if (message_.has_high && !simdjson::validate_utf8(message.data(), message.size())) return false;

  for (std::size_t i = 0; filled_ < columns_.size() && i < columns_.size(); ++i) {
    if (columns_[i].by_record == record_) continue;
    block_->put_missing(columns_[i].slot);
    ++filled_;
  }
  return true;
}

// A field that several columns want is read once for each of them.
const char* FastRow::read_field(const char* at, Field field) {
  const char* end = nullptr;
  for (std::uint32_t i = field.first; i < field.first + field.count; ++i) {
    Filled& column = columns_[i];
    if (column.by_record == record_) return nullptr;  // given twice
    if (column.null_is_missing && *at == 'n') {
      end = skip_value(message_, at);
    } else {
      end = column.reader.read(message_, at, *column.column);
      column.by_record = record_;
      ++filled_;
    }
    if (end == nullptr) return nullptr;
  }
  return end;
}

}  // namespace penstock::json
