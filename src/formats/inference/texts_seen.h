#pragma once

#include <cstdint>
#include <limits>
#include <string_view>

namespace penstock {

/// What a text says beyond its letters.
enum class TextForm : std::uint8_t {
  plain,
  date,    // a day: 2024-01-05, 2024/1/5
  moment,  // a day and a time: 2024-01-05T12:34:56.789Z, Fri, 05 Jan 2024 12:34:56 GMT
  uuid,    // in the form of RFC 9562
  ipv4,
  ipv6,
};

/// What texts a field had, as far as the choice of a type needs to know.
struct TextsSeen {
  std::uint64_t count = 0;
  std::uint64_t dates = 0;
  std::uint64_t moments = 0;
  std::uint64_t uuids = 0;
  std::uint64_t ipv4s = 0;
  std::uint64_t ipv6s = 0;

  /// Of dates and moments, in seconds since 1970.
  std::int64_t earliest = std::numeric_limits<std::int64_t>::max();
  std::int64_t latest = std::numeric_limits<std::int64_t>::min();
  int most_fraction_digits = 0;  // of a second; 0 to 9

  void add(std::string_view text);
  void merge(const TextsSeen& other);
};

/// Forms that leave a doubt count as plain: a bare number may be anything, and in 01/02/2024
/// either may be the month.
TextForm form_of(std::string_view text);

}  // namespace penstock
