#include "formats/json/fast_row.h"

#include <algorithm>
#include <cstring>

namespace penstock::json {
namespace {

// Readers call themselves: deeper messages are left to the plain path.
constexpr std::size_t kMostLevels = 512;

std::string_view without_blanks_around(std::string_view text) {
  constexpr std::string_view kBlanks = " \n\r\t";
  const auto first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

}  // namespace

FastRow::FastRow(const Plan& plan, Block& sample, std::size_t max_depth)
    : plan_(plan), keys_(plan.keys()) {
  message_.max_depth = std::min(max_depth, kMostLevels);
  for (const json::Target& target : plan.targets()) {
    targets_.push_back({.slot = target.slot,
                        .null_is_missing = target.null_is_missing,
                        .reader = make_value_reader(sample.writer(target.slot))});
  }
}

bool FastRow::read(std::string_view message, Block& into) {
  message = without_blanks_around(message);
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
    at = field == keys_.other() ? skip_value(message_, value) : read_field(value, field, into);
    if (at == nullptr) return false;
  }
  if (message_.has_high && !simdjson::validate_utf8(message.data(), message.size())) return false;

  for (std::size_t i = 0; filled_ < targets_.size() && i < targets_.size(); ++i) {
    if (targets_[i].filled_by == record_) continue;
    into.put_missing(targets_[i].slot);
    ++filled_;
  }
  return true;
}

// A field that several columns want is read once for each of them.
const char* FastRow::read_field(const char* at, KeyGraph::Field field, Block& into) {
  const char* end = nullptr;
  for (const std::size_t index : plan_.field(field)) {
    Target& target = targets_[index];
    if (target.filled_by == record_) return nullptr;  // given twice
    if (target.null_is_missing && *at == 'n') {
      end = skip_value(message_, at);
    } else {
      end = target.reader->read(message_, at, into.writer(target.slot));
      target.filled_by = record_;
      ++filled_;
    }
    if (end == nullptr) return nullptr;
  }
  return end;
}

}  // namespace penstock::json
