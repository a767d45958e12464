#include "model/column/time_of_day.h"

#include "model/column/decimal_text.h"
#include "model/column/type_literal.h"

namespace penstock {
namespace {

constexpr std::int64_t kSecondsBeyond = 3'600'000;  // 1000:00:00

}  // namespace

template <class T>
TimeOfDayColumn<T>::TimeOfDayColumn(int digits)
    : ticks_per_second_(power_of_ten<std::int64_t>(digits)),
      nanoseconds_per_tick_(power_of_ten<std::int32_t>(9 - digits)) {}

template <class T>
Fit TimeOfDayColumn<T>::put_int(std::int64_t count) {
  const std::int64_t beyond = kSecondsBeyond * ticks_per_second_;
  if (count <= -beyond || count >= beyond) return Fit::out_of_range;
  return this->take(static_cast<T>(count));
}

template <class T>
Fit TimeOfDayColumn<T>::put_text(std::string_view value) {
  const auto time = parse_clock(value);
  return time ? put_clock(*time) : Fit::unreadable;
}

template <class T>
Fit TimeOfDayColumn<T>::put_clock(ClockTime time) {
  const bool is_far = time.seconds <= -kSecondsBeyond || time.seconds >= kSecondsBeyond;
  if (is_far || time.nanoseconds % nanoseconds_per_tick_ != 0) return Fit::out_of_range;
  return put_int(time.seconds * ticks_per_second_ + time.nanoseconds / nanoseconds_per_tick_);
}

Result<std::unique_ptr<Column>> make_time(const Type& /*type*/) {
  return std::unique_ptr<Column>(std::make_unique<TimeOfDayColumn<std::int32_t>>(0));
}

Result<std::unique_ptr<Column>> make_time64(const Type& type) {
  const int usual_digits = 3;
  if (type.literals.empty()) {
    return std::unique_ptr<Column>(std::make_unique<TimeOfDayColumn<std::int64_t>>(usual_digits));
  }
  PENSTOCK_TRY(digits, literal_number(type, 0, 0, 9));
  return std::unique_ptr<Column>(std::make_unique<TimeOfDayColumn<std::int64_t>>(digits));
}

template class TimeOfDayColumn<std::int32_t>;
template class TimeOfDayColumn<std::int64_t>;

}  // namespace penstock
