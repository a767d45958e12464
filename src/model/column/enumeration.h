#pragma once

#include <memory>
#include <string>
#include <vector>

#include "model/column/fixed_width.h"

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
  Fit put_text(std::string_view value) override;
  Fit put_number(std::string_view digits) override;
  void put_default() override { this->take(default_); }

 private:
  std::vector<EnumerationEntry<T>> by_name_;
  std::vector<T> numbers_;  // sorted
  T default_;
};

/// T: std::int8_t for Enum8, std::int16_t for Enum16.
template <class T>
Result<std::unique_ptr<Column>> make_enumeration(const Type& type);

}  // namespace penstock
