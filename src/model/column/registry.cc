#include "model/column/registry.h"

#include <algorithm>

#include "model/column.h"
#include "model/column/alias.h"
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
#include "model/column/refused_type.h"
#include "model/column/text.h"
#include "model/column/time_of_day.h"
#include "model/column/tuple.h"
#include "model/column/type_literal.h"
#include "model/column/uuid.h"
#include "model/column/variant.h"
#include "model/column/wide_number.h"

namespace penstock {
namespace {

struct Entry {
  std::string_view type;
  Result<std::unique_ptr<Column>> (*make)(const Type&);
};

/// An aggregate that is stored as its plain result: SimpleAggregateFunction(sum, UInt64).
Result<std::unique_ptr<Column>> make_result_of(const Type& type) {
  if (type.arguments.size() != 1) return unusable_type(type, "one inner type is needed");
  return make_column(type.arguments.front());
}

/// Ring, which is an Array(Point), and the like.
Result<std::unique_ptr<Column>> make_alias(const Type& type) {
  return make_column(meaning_of(type).value());
}

/// Every type Penstock writes, sorted by name. A new one needs its file pair and a line here.
constexpr Entry kTypes[] = {
    {"Array", make_array},
    {"BFloat16", make_bfloat},
    {"Bool", make_boolean},
    {"Date", make_date},
    {"Date32", make_date32},
    {"DateTime", make_date_time},
    {"DateTime64", make_date_time64},
    {"Decimal", make_decimal},
    {"Decimal128", make_decimal_of<38>},
    {"Decimal256", make_decimal_of<76>},
    {"Decimal32", make_decimal_of<9>},
    {"Decimal64", make_decimal_of<18>},
    {"Dynamic", make_dynamic},
    {"Enum16", make_enumeration<std::int16_t>},
    {"Enum8", make_enumeration<std::int8_t>},
    {"FixedString", make_fixed_text},
    {"Float32", make_number<float>},
    {"Float64", make_number<double>},
    {"Geometry", make_alias},
    {"IPv4", make_ipv4},
    {"IPv6", make_ipv6},
    {"Int128", make_wide_number<128, Sign::two_sided>},
    {"Int16", make_number<std::int16_t>},
    {"Int256", make_wide_number<256, Sign::two_sided>},
    {"Int32", make_number<std::int32_t>},
    {"Int64", make_number<std::int64_t>},
    {"Int8", make_number<std::int8_t>},
    {"JSON", make_json},
    {"LineString", make_alias},
    {"LowCardinality", make_low_cardinality},
    {"Map", make_map},
    {"MultiLineString", make_alias},
    {"MultiPolygon", make_alias},
    {"Nested", make_nested},
    {"Nullable", make_nullable},
    {"Point", make_alias},
    {"Polygon", make_alias},
    {"Ring", make_alias},
    {"SimpleAggregateFunction", make_result_of},
    {"String", make_text},
    {"Time", make_time},
    {"Time64", make_time64},
    {"Tuple", make_tuple_column},
    {"UInt128", make_wide_number<128, Sign::none>},
    {"UInt16", make_number<std::uint16_t>},
    {"UInt256", make_wide_number<256, Sign::none>},
    {"UInt32", make_number<std::uint32_t>},
    {"UInt64", make_number<std::uint64_t>},
    {"UInt8", make_number<std::uint8_t>},
    {"UUID", make_uuid},
    {"Variant", make_variant},
};

}  // namespace

std::vector<std::string_view> known_types() {
  std::vector<std::string_view> names;
  for (const Entry& entry : kTypes) names.push_back(entry.type);
  return names;
}

Result<std::unique_ptr<Column>> make_column(const Type& type) {
  const auto* entry = std::ranges::find(kTypes, type.name, &Entry::type);
  if (entry != std::end(kTypes)) return entry->make(type);
  if (auto refusal = refused_type(type)) return *std::move(refusal);
  return Error{
      .fault = Fault::user,
      .recovery = Recovery::stop,
      .code = "pipe.mapping",
      .message = "no column of type " + to_string(type) +
                 " can be written; leave the column out of the mapping or change its type"};
}

}  // namespace penstock
