#include "formats/json/fast_row.h"

#include <algorithm>

namespace penstock::json {
namespace {

// Readers call themselves: deeper messages are left to the plain path.
constexpr std::size_t kMostLevels = 512;

}  // namespace

FastRow::FastRow(const Plan& plan, Block& sample, const RecordLimits& limits)
    : max_string_bytes_(limits.max_string_bytes) {
  message_.max_depth = std::min(limits.max_depth, kMostLevels);
  for (const Target& target : plan.targets()) {
    columns_.push_back({.reader = make_value_reader(sample.writer(target.slot)),
                        .slot = static_cast<std::uint32_t>(target.slot),
                        .null_is_missing = target.null_is_missing,
                        .has_ways = target.has_ways});
  }
  elements_.resize(columns_.size());
  for (const Level& level : plan.levels()) {
    levels_.push_back({.graph = KeyGraph(level.keys), .keys = {}, .below = {}});
    levels_.back().below.assign(level.below.begin(), level.below.end());
    for (const KeyTarget& target : level.targets) {
      Key& key = levels_.back().keys.emplace_back();
      if (target.level != KeyTarget::kNone) key.level = target.level;
      if (target.field == KeyTarget::kNone) continue;
      key.first = static_cast<std::uint32_t>(plan.field(target.field).front());
      key.count = static_cast<std::uint32_t>(plan.field(target.field).size());
    }
  }
}

void FastRow::aim_at(Block& block) {
  block_ = &block;
  for (Filled& filled : columns_) filled.column = &block.writer(filled.slot);
}

FastRow::Rest FastRow::read_first(std::string_view message) {
  message = without_trailing_blanks(without_leading_blanks(message));
  if (message.size() < 2 || message.size() > max_string_bytes_) return Rest::unknown;
  rows_in_list_ = message.front() == '[';
  if (message.back() != (rows_in_list_ ? ']' : '}')) return Rest::unknown;
  message = text_.with_read_ahead(message);
  message_.last = &message.back();
  outside_.clear();
  return read_row(rows_in_list_ ? skip_blanks(message.data() + 1) : message.data());
}

FastRow::Rest FastRow::read_row(const char* row) {
  if (*row != '{') return Rest::unknown;
  message_.has_high = false;
  object_ = ++last_object_;
  filled_ = 0;
  const char* at = read_object<false>(row + 1, levels_.front());
  if (at == nullptr) return Rest::unknown;
  if (message_.has_high && !simdjson::validate_utf8(row, static_cast<std::size_t>(at - row))) {
    return Rest::unknown;
  }
  for (std::size_t i = 0; filled_ < columns_.size() && i < columns_.size(); ++i) {
    if (columns_[i].by_object == object_) continue;
    block_->put_missing(columns_[i].slot);
    ++filled_;
  }
  if (at > message_.last) return Rest::none;
  at = skip_blanks(at);
  if (at == message_.last) return rows_in_list_ ? Rest::none : Rest::unknown;
  const bool has_comma = *at == ',';
  if (rows_in_list_ && !has_comma) return Rest::unknown;
  next_ = has_comma ? skip_blanks(at + 1) : at;
  return Rest::rows;
}

/// From behind the opening brace to behind the closing one.
template <bool kInList>
[[gnu::always_inline]] inline const char* FastRow::read_object(const char* at, KeyLevel& level) {
  KeyGraph::Field field = level.graph.start();
  while (*at != '}') {
    const char* const value = level.graph.follow(message_, at, field);
    if (value == nullptr) {
      at = skip_blanks(at);
      if (*at != '}') return nullptr;
      break;
    }
    at = field == level.graph.other() ? skip_value(message_, value)
                                      : read_key<kInList>(value, level.keys[field]);
    if (at == nullptr) return nullptr;
  }
  return at > message_.last ? nullptr : at + 1;
}

// A value that several columns want, or a path too, is read once for each of them.
template <bool kInList>
const char* FastRow::read_key(const char* at, Key key) {
  const char* end = nullptr;
  for (std::uint32_t i = key.first; i < key.first + key.count; ++i) {
    if constexpr (kInList) {
      Element& element = elements_[i];
      if (element.by_object == object_) return nullptr;  // given twice
      end = element.reader->read(message_, at, *element.column);
      element.by_object = object_;
    } else {
      Filled& column = columns_[i];
      if (column.by_object == object_) return nullptr;
      if (column.null_is_missing && *at == 'n') {
        if (column.has_ways) return nullptr;  // another way to it would have to know
        end = skip_value(message_, at);
      } else {
        end = column.reader.read(message_, at, *column.column);
        column.by_object = object_;
        ++filled_;
      }
    }
    if (end == nullptr) return nullptr;
  }
  if (key.level != 0) [[unlikely]] {
    end = read_below<kInList>(at, levels_[key.level]);
  }
  return end;
}

/// The value at a key where paths go on.
template <bool kInList>
[[gnu::noinline]] const char* FastRow::read_below(const char* at, KeyLevel& level) {
  if (*at == '[') return read_list<kInList>(at + 1, level);
  if (*at != '{') return skip_value(message_, at);
  const DeeperBy1 deeper(message_);
  return deeper.is_too_deep() ? nullptr : read_object<kInList>(at + 1, level);
}

/// From behind the opening bracket to behind the closing one.
template <bool kInList>
const char* FastRow::read_list(const char* at, KeyLevel& level) {
  const DeeperBy1 deeper(message_);
  if (deeper.is_too_deep() || !enter_list<kInList>(level)) return nullptr;
  const std::uint64_t object = object_;
  at = read_elements(skip_blanks(at), level);
  object_ = object;
  if (at == nullptr) return nullptr;
  leave_list(level, kInList);
  return at;
}

template <bool kInList>
bool FastRow::enter_list(const KeyLevel& level) {
  for (const std::uint32_t i : level.below) {
    const Filled& filled = columns_[i];
    Element& element = elements_[i];
    if (!kInList) element = {&columns_[i].reader, filled.column, filled.by_object};
    const bool is_new = element.by_object != object_;
    if (!is_new || element.column->shape() != Shape::list) return false;
    outside_.push_back(element);
    element = {&element.reader->inner(0), &element.column->child(0)};
  }
  return true;
}

const char* FastRow::read_elements(const char* at, KeyLevel& level) {
  bool more = *at != ']';
  while (more) {
    object_ = ++last_object_;
    at = read_below<true>(at, level);
    if (at == nullptr) return nullptr;
    for (const std::uint32_t i : level.below) {
      if (elements_[i].by_object != object_) elements_[i].column->put_default();
    }
    at = skip_blanks(at);
    more = *at == ',';
    if (more) at = skip_blanks(at + 1);
  }
  return *at == ']' && at <= message_.last ? at + 1 : nullptr;
}

void FastRow::leave_list(const KeyLevel& level, bool in_list) {
  const std::size_t first = outside_.size() - level.below.size();
  for (std::size_t i = 0; i < level.below.size(); ++i) {
    Element& element = elements_[level.below[i]];
    element = outside_[first + i];
    element.column->end();
    element.by_object = object_;
    if (in_list) continue;
    columns_[level.below[i]].by_object = object_;
    ++filled_;
  }
  outside_.resize(first);
}

}  // namespace penstock::json
