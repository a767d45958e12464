#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "model/column/fixed_width.h"
#include "model/column/key_cache.h"

namespace penstock {

template <class T>
struct EnumerationEntry {
  std::string name;
  T number{};
};

/// Enum8 and Enum16 (T: std::int8_t, std::int16_t). Takes the name of an entry,
/// its number, or the number as text; a name wins over a number. A name that is
/// not there is unreadable, a number out_of_range. Zero value: the entry with the
/// smallest number, as in ClickHouse.
template <class T>
class EnumerationColumn final : public FixedWidthColumn<T> {
 public:
  /// `entries` has at least one.
  explicit EnumerationColumn(std::vector<EnumerationEntry<T>> entries);

  Fit put_int(std::int64_t value) override;
  Fit put_uint(std::uint64_t value) override;
  Fit put_real(double value) override;
  Fit put_text(std::string_view value) override {
    const std::uint32_t index = names_.find(value);
    if (index == KeyCache::kUnknown) return put_rare_text(value);
    const auto& entry = by_name_[index];
    if (!KeyCache::is_seen_whole(value) && entry.name != value) return put_rare_text(value);
    return this->take(entry.number);
  }
  Fit put_number(std::string_view digits) override;
  void put_default() override { this->take(default_); }

 private:
  /// A name that names_ does not have at hand, or a number as text.
  Fit put_rare_text(std::string_view value);

  std::vector<EnumerationEntry<T>> by_name_;
  KeyCache names_;          // to indices of by_name_
  std::vector<T> numbers_;  // sorted
  T default_;
};

/// T: std::int8_t for Enum8, std::int16_t for Enum16.
template <class T>
Result<std::unique_ptr<Column>> make_enumeration(const Type& type);

}  // namespace penstock
