#include "model/column/date.h"

#include <utility>

#include "model/column/decimal_text.h"
#include "model/column/number.h"
#include "model/column/time_text.h"
#include "model/column/time_unit.h"

namespace penstock {
template <class T>
Fit DateColumn<T>::put_uint(std::uint64_t days) {
  if (!std::in_range<std::int64_t>(days)) return Fit::out_of_range;
  return put_int(static_cast<std::int64_t>(days));
}

template <class T>
Fit DateColumn<T>::put_real(double days) {
  std::int64_t whole = 0;
  const Fit fit = exact_integer(days, whole);
  return fit == Fit::ok ? put_int(whole) : fit;
}

template <class T>
Fit DateColumn<T>::put_number(std::string_view digits) {
  std::int64_t days = 0;
  const Fit fit = read_number(digits, days);
  return fit == Fit::ok ? put_int(days) : fit;
}

template <class T>
Fit DateColumn<T>::put_unusual_text(std::string_view value) {
  const auto days = parse_date(value);
  return days ? put_int(*days) : Fit::unreadable;
}

template <class T>
Fit DateColumn<T>::put_time(std::int64_t count, TimeUnit unit) {
  return put_int(floor_divide(split_time(count, unit).seconds, 86400));
}

Result<std::unique_ptr<Column>> make_date(const Type& /*type*/) {
  return std::unique_ptr<Column>(std::make_unique<DateColumn<std::uint16_t>>());
}

Result<std::unique_ptr<Column>> make_date32(const Type& /*type*/) {
  return std::unique_ptr<Column>(std::make_unique<DateColumn<std::int32_t>>());
}

template class DateColumn<std::uint16_t>;
template class DateColumn<std::int32_t>;

}  // namespace penstock
