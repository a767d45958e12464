#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "formats/protobuf/findings.h"
#include "formats/protobuf/message_type.h"

namespace penstock::protobuf {

/// Whether the message has the fields its name promises: anybody may define one of such a name.
bool has_fields_of(WellKnown meaning, const MessageType& type);

/// google.protobuf.Timestamp and Duration.
struct SecondsAndNanos {
  std::int64_t seconds = 0;
  std::int32_t nanos = 0;

  static SecondsAndNanos of(const Findings& found);
  /// None where 64 bits do not hold it, or the nanoseconds are a second or more.
  std::optional<std::int64_t> in_nanos() const;
  /// For moments and lengths that are too far for that; none where nanoseconds would be lost.
  std::optional<std::int64_t> in_micros() const;
  /// "1.5s", as JSON of Protobuf spells a Duration.
  std::string as_length() const;
};

}  // namespace penstock::protobuf
