#include "model/type_reference.h"

namespace penstock {
namespace {

constexpr TypeReference kTypes[] = {
    {"Int8 Int16 Int32 Int64 Int128 Int256 UInt8 UInt16 UInt32 UInt64 UInt128 UInt256",
     "number that is whole (`7`, `7.0`, `7e2`); the same in quotes; `true` is 1",
     "integers; whole float and double; decimal without a fraction; dates, times and durations "
     "as the plain count of their own unit",
     "what does not fit; a fraction"},
    {"Float32 Float64 BFloat16",
     "number, also in quotes; `\"nan\"`, `\"inf\"`; `true` is 1. Rounded to the nearest (BFloat16: "
     "cut), as ClickHouse does",
     "integers, float, double, decimal", "a finite number too large for the type"},
    {"Decimal Decimal32 Decimal64 Decimal128 Decimal256",
     "number, also in quotes, with every digit", "integers; decimal",
     "digits that have no place; float and double, whose decimal digits are no longer known"},
    {"Bool", "`true`, `false`, 0, 1; the words ClickHouse reads (`\"yes\"`, `\"on\"`, …)",
     "boolean, 0, 1, the words", "other numbers and words"},
    {"String", "text; numbers, booleans, objects and arrays as they are spelt in the message",
     "string, bytes, enum by name; numbers as text; date `2024-01-05`; timestamp "
     "`2024-01-05 12:34:56.789` in UTC; time and duration `12:34:56.789`; records, arrays, maps as "
     "JSON",
     "nothing"},
    {"FixedString",
     "text or bytes of at most N bytes, filled up with zero bytes; objects and "
     "arrays as their text",
     "string, bytes, fixed, enum by name", "longer texts; numbers"},
    {"UUID", "text of 32 hex digits, with dashes or without", "also 16 bytes", "anything else"},
    {"IPv4", "dotted text; number", "also 4 bytes in network order", "anything else"},
    {"IPv6", "text of IPv6 or IPv4", "also 16 bytes in network order", "anything else"},
    {"Enum8 Enum16", "name; number, also in quotes; a name wins", "enum by name; integers",
     "names and numbers that are no entry"},
    {"Date Date32", "`2024-01-05` and its usual variants, `20240105`; number of days since 1970",
     "date; the day in UTC of a timestamp; integers as days",
     "days outside the range (ClickHouse clamps them); times of day; durations"},
    {"DateTime",
     "ISO 8601 and what `date_time_input_format=best_effort` reads; without a zone by the column's "
     "zone, else UTC; number of seconds since 1970. A fraction is cut off",
     "timestamp; date as its midnight in UTC; integers as seconds",
     "before 1970, after 2106; years of two digits; durations"},
    {"DateTime64",
     "as DateTime; whole numbers by their size as s, ms, us or ns (below 10^10, 10^13, 10^16), "
     "whatever the column's digits; with a fraction as seconds. Digits beyond the column's are "
     "cut off",
     "timestamp of any unit; date as its midnight in UTC",
     "beyond the years 0 to 9999 by the column's zone, with 9 digits 1677 to 2262; durations"},
    {"Time Time64",
     "`[-]h:mm:ss[.fff]`, up to 999:59:59; whole numbers as the column's own count: seconds, ticks",
     "time and duration of any unit; integers as the column's own count",
     "digits below a tick; `12:34`, which could be either; timestamps and dates"},
    {"LowCardinality Nullable SimpleAggregateFunction",
     "as the inner type; `null` is NULL where the type has it, else the zero value",
     "as the inner type", "as the inner type"},
    {"Array", "array; `null` is the empty one", "array, repeated field", "anything else"},
    {"Map", "object; `null` is the empty one", "map", "anything else"},
    {"Tuple", "object by name, array by position; what is missing is the zero value",
     "record, message, by name", "an object with none of the names"},
    {"Nested", "array of objects. Columns `n.a`, `n.b` of a flattened Nested are Arrays",
     "array of records, repeated message", "arrays of other things"},
    {"Point Ring LineString MultiLineString Polygon MultiPolygon",
     "arrays: `[x, y]`, `[[x, y], …]`, …", "arrays; records of two doubles in their order",
     "objects"},
    {"Variant Geometry",
     "the first member that takes it exactly, in the order below; `null` is NULL",
     "the same; records, arrays and maps into the first member of that shape",
     "what no member takes"},
    {"JSON",
     "object; one spelt in a text too; `null` is `{}`. The server builds the paths and judges "
     "typed paths and keys given twice",
     "record, message, map, Struct, as JSON; string that spells an object",
     "arrays and plain values; what is not JSON; numbers beyond 64 bits"},
    {"Dynamic",
     "Int64, UInt64, Float64, Bool; texts as String, or as Date, DateTime, DateTime64(9) where "
     "they "
     "begin YYYY-MM-DD; objects as JSON; arrays as Array of what their elements have in common, "
     "else of Dynamic; larger integers as String",
     "also timestamps, dates and durations as the type of their unit; records, arrays and maps by "
     "way of JSON",
     "reals too large for Float64; arrays with integers beyond 64 bits"},
    {"AggregateFunction Interval… Nothing QBit Object", "", "",
     "always: the error of the pipe says what to do instead"},
};

constexpr VariantReference kVariantOrders[] = {
    {"whole number",
     "integers from the narrowest, of one width the signed one first; Decimal; Float64, Float32, "
     "BFloat16 if exact; DateTime, DateTime64; Enum; Bool; String; floats that round; Time, Date, "
     "IPv4"},
    {"other number",
     "Decimal with a place for every digit, the smallest first; Float64; Float32, BFloat16 if "
     "exact; integers if it is whole; DateTime64; String; floats that round"},
    {"boolean", "Bool; String; integers from the narrowest; floats"},
    {"text",
     "where it is spelt just so: Enum by name, UUID with dashes, IPv4, IPv6, YYYY-MM-DD as Date, "
     "with a clock time as the DateTime with room for its digits, h:mm:ss as Time. Else String, "
     "FixedString. Without those, whatever reads it: integers, Decimal, dates, times, floats, "
     "Bool"},
    {"bytes", "String; FixedString; UUID, IPv6, IPv4 by their size; else as text"},
    {"timestamp", "DateTime, DateTime64 with room for its digits; String; the finest DateTime64"},
    {"date", "Date, Date32; DateTime, DateTime64; String; integers"},
    {"time, duration", "Time, Time64 with room for its digits; String; integers"},
    {"object, array, map", "members of that shape in the order of their spelling; JSON; String"},
};

}  // namespace

std::span<const TypeReference> type_references() { return kTypes; }

std::span<const VariantReference> variant_references() { return kVariantOrders; }

}  // namespace penstock
