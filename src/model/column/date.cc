#include "model/column/date.h"

#include "model/column/time_text.h"
#include "model/column/time_unit.h"

namespace penstock {

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
