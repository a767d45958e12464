#include "model/column/refused_type.h"

#include "model/column/type_literal.h"

namespace penstock {

std::optional<Error> refused_type(const Type& type) {
  if (type.is("AggregateFunction")) {
    return unusable_type(type,
                         "no message can hold a state of an aggregate function; map the values to "
                         "a plain table and let a materialized view aggregate them, or use "
                         "SimpleAggregateFunction");
  }
  if (type.name.starts_with("Interval")) {
    return unusable_type(type,
                         "ClickHouse reads no interval from a message; use a number of units "
                         "(Int64), or Time64 for a length of time");
  }
  if (type.is("Nothing")) {
    return unusable_type(type, "it has no values; leave the column out of the mapping");
  }
  if (type.is("QBit")) {
    return unusable_type(type,
                         "its bits are stored apart; write Array(Float32) and let a MATERIALIZED "
                         "column of the table hold the QBit");
  }
  if (type.is("Object")) return unusable_type(type, "it is gone from ClickHouse; use JSON");
  return std::nullopt;
}

}  // namespace penstock
