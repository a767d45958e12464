#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "formats/avro/schema.h"
#include "model/column_writer.h"

namespace penstock::avro {

/// The unit a logical type counts in; seconds for those that count nothing.
constexpr TimeUnit unit_of(Logical logical) {
  switch (logical) {
    case Logical::time_millis:
    case Logical::timestamp_millis:
    case Logical::local_timestamp_millis: return TimeUnit::milliseconds;
    case Logical::time_micros:
    case Logical::timestamp_micros:
    case Logical::local_timestamp_micros: return TimeUnit::microseconds;
    case Logical::timestamp_nanos:
    case Logical::local_timestamp_nanos: return TimeUnit::nanoseconds;
    default: return TimeUnit::seconds;
  }
}

/// "2024-01-05", "12:34:56.789" or "2024-01-05 12:34:56.789" for a count of a date, time or
/// timestamp; empty where it has no such text.
std::string time_text(Logical logical, std::int64_t count);

/// 16 bytes as "89791762-2336-4a07-a8b6-0f5e8c3d7a11".
std::array<char, 36> uuid_text(std::string_view bytes);

/// 12 bytes of a duration as ISO 8601 has it: "P1M2DT3.004S", "PT0S" for none.
std::string duration_text(std::string_view bytes);

/// Longer numbers are refused: what spells them takes time by the square of their length.
constexpr std::size_t kMostDecimalBytes = 512;
constexpr std::string_view kLongDecimal = "a decimal of more than 512 bytes";

}  // namespace penstock::avro
