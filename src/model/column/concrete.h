#pragma once

#include <cstdint>
#include <type_traits>
#include <typeinfo>
#include <utility>

#include "model/column/array.h"
#include "model/column/bfloat.h"
#include "model/column/boolean.h"
#include "model/column/date.h"
#include "model/column/date_time.h"
#include "model/column/decimal.h"
#include "model/column/dynamic.h"
#include "model/column/enumeration.h"
#include "model/column/fixed_text.h"
#include "model/column/ip.h"
#include "model/column/json.h"
#include "model/column/low_cardinality.h"
#include "model/column/map.h"
#include "model/column/nullable.h"
#include "model/column/number.h"
#include "model/column/text.h"
#include "model/column/time_of_day.h"
#include "model/column/tuple.h"
#include "model/column/uuid.h"
#include "model/column/variant.h"
#include "model/column/wide_decimal.h"
#include "model/column/wide_number.h"

namespace penstock {

/// The first of the classes that the column is, given to `visit`; the column as it
/// came when it is none of them.
template <class First, class... Rest, class Visitor>
decltype(auto) with_one_of(ColumnWriter& column, Visitor&& visit) {
  static_assert(std::is_final_v<First>, "a call through the class is not looked up at run time");
  if (typeid(column) == typeid(First)) {
    return std::forward<Visitor>(visit)(static_cast<First&>(column));
  }
  if constexpr (sizeof...(Rest) > 0) {
    return with_one_of<Rest...>(column, std::forward<Visitor>(visit));
  } else {
    return std::forward<Visitor>(visit)(column);
  }
}

/// Calls `visit` with the column as the class it is, so that code made from a
/// template puts values into it without a virtual call, or with the ColumnWriter
/// itself when it is no column of model/column. `visit` returns one type for all.
///
/// Walks a list of types: for making a plan, not for rows.
template <class Visitor>
decltype(auto) with_concrete(ColumnWriter& column, Visitor&& visit) {
  return with_one_of<
      TextColumn, VariantColumn, JsonColumn, DynamicColumn, NullableColumn, LowCardinalityColumn,
      ArrayColumn, MapColumn, TupleColumn, BooleanColumn, UuidColumn, Ipv4Column, Ipv6Column,
      FixedTextColumn, NumberColumn<std::int8_t>, NumberColumn<std::int16_t>,
      NumberColumn<std::int32_t>, NumberColumn<std::int64_t>, NumberColumn<std::uint8_t>,
      NumberColumn<std::uint16_t>, NumberColumn<std::uint32_t>, NumberColumn<std::uint64_t>,
      NumberColumn<float>, NumberColumn<double>, DateColumn<std::uint16_t>,
      DateColumn<std::int32_t>, DateTimeColumn<std::uint32_t>, DateTimeColumn<std::int64_t>,
      DecimalColumn<std::int32_t>, DecimalColumn<std::int64_t>, DecimalColumn<Int128>,
      EnumerationColumn<std::int8_t>, EnumerationColumn<std::int16_t>,
      WideNumberColumn<128, Sign::two_sided>, WideNumberColumn<128, Sign::none>,
      WideNumberColumn<256, Sign::two_sided>, WideNumberColumn<256, Sign::none>, WideDecimalColumn,
      BFloatColumn, TimeOfDayColumn<std::int32_t>, TimeOfDayColumn<std::int64_t>>(
      column, std::forward<Visitor>(visit));
}

}  // namespace penstock
