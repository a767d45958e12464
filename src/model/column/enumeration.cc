#include "model/column/enumeration.h"

#include <algorithm>
#include <cstdint>
#include <limits>

#include "model/column/number.h"
#include "model/column/type_literal.h"

namespace penstock {
namespace {

/// Takes "'name' = 7" apart.
template <class T>
bool read_entry(std::string_view literal, EnumerationEntry<T>& entry) {
  const std::size_t quote = literal.rfind('\'');
  const std::size_t equals = literal.rfind('=');
  if (quote == std::string_view::npos || equals == std::string_view::npos || equals < quote) {
    return false;
  }
  entry.name = unquote(literal.substr(0, quote + 1));
  const std::size_t number = literal.find_first_not_of(' ', equals + 1);
  return number != std::string_view::npos &&
         read_number(literal.substr(number), entry.number) == Fit::ok;
}

}  // namespace

template <class T>
EnumerationColumn<T>::EnumerationColumn(std::vector<EnumerationEntry<T>> entries)
    : by_name_(std::move(entries)) {
  std::ranges::sort(by_name_, {}, &EnumerationEntry<T>::name);
  for (const auto& entry : by_name_) numbers_.push_back(entry.number);
  std::ranges::sort(numbers_);
  default_ = numbers_.front();
}

template <class T>
Fit EnumerationColumn<T>::put_int(std::int64_t value) {
  const bool known =
      std::in_range<T>(value) && std::ranges::binary_search(numbers_, static_cast<T>(value));
  return known ? this->take(static_cast<T>(value)) : Fit::out_of_range;
}

template <class T>
Fit EnumerationColumn<T>::put_uint(std::uint64_t value) {
  return std::in_range<T>(value) ? put_int(static_cast<std::int64_t>(value)) : Fit::out_of_range;
}

template <class T>
Fit EnumerationColumn<T>::put_real(double value) {
  T number{};
  const Fit fit = exact_integer(value, number);
  return fit == Fit::ok ? put_int(number) : fit;
}

template <class T>
Fit EnumerationColumn<T>::put_number(std::string_view digits) {
  T number{};
  const Fit fit = read_number(digits, number);
  return fit == Fit::ok ? put_int(number) : fit;
}

template <class T>
Fit EnumerationColumn<T>::put_rare_text(std::string_view value) {
  const auto found = std::ranges::lower_bound(
      by_name_, value, {}, [](const auto& entry) { return std::string_view(entry.name); });
  if (found != by_name_.end() && found->name == value) {
    names_.remember(value, static_cast<std::uint32_t>(found - by_name_.begin()));
    return this->take(found->number);
  }
  return put_number(value) == Fit::ok ? Fit::ok : Fit::unreadable;
}

template <class T>
Result<std::unique_ptr<Column>> make_enumeration(const Type& type) {
  std::vector<EnumerationEntry<T>> entries(type.literals.size());
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (read_entry(type.literals[i], entries[i])) continue;
    return unusable_type(
        type,
        "an entry should be 'name' = number within the type's range, found " + type.literals[i]);
  }
  if (entries.empty()) return unusable_type(type, "it has no entries");
  return std::unique_ptr<Column>(std::make_unique<EnumerationColumn<T>>(std::move(entries)));
}

template Result<std::unique_ptr<Column>> make_enumeration<std::int8_t>(const Type&);
template Result<std::unique_ptr<Column>> make_enumeration<std::int16_t>(const Type&);

}  // namespace penstock
