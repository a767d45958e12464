#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/column/time_zone_rule.h"

namespace penstock {

/// A time zone of the system's database (Debian package tzdata). Before the first
/// change it knows, its first offset counts; the last rule holds for ever.
///
/// Threads: any; never changed once made.
class TimeZone {
 public:
  /// Reads the zone's file the first time, then hands out the same object again;
  /// it lives as long as the program.
  /// The folder is $TZDIR, else /usr/share/zoneinfo; UTC needs no file.
  /// Errors: pipe.mapping for a name the database does not know.
  static Result<const TimeZone*> find(const std::string& name);

  /// The zone whose clock changes as listed, in order of time.
  TimeZone(std::int32_t first_offset, const std::vector<ClockChange>& changes);

  /// Seconds since 1970 UTC of a wall-clock time, itself given as seconds since
  /// 1970 as if the clock showed UTC. As ClickHouse does: what the clock shows
  /// twice is the first of both; what it skips is counted with the new offset.
  std::int64_t to_utc(std::int64_t wall_clock) const {
    return span_at(wall_clock).to_utc(wall_clock);
  }

  /// Wall-clock times with one offset, for who asks for many times near each other.
  struct OffsetSpan {
    std::int64_t begin = 0;  // wall clock by the offset before
    std::int64_t end = 0;    // not included; wall clock by this offset
    std::int32_t offset = 0;

    bool contains(std::int64_t wall_clock) const { return wall_clock >= begin && wall_clock < end; }
    std::int64_t to_utc(std::int64_t wall_clock) const { return wall_clock - offset; }
  };
  OffsetSpan span_at(std::int64_t wall_clock) const;

 private:
  struct Era {
    std::int64_t begin = 0;  // wall clock by the old offset
    std::int32_t offset = 0;
  };
  std::vector<Era> eras_;
};

/// Reads the contents of a TZif file (RFC 9636). Nothing when it is not one.
std::unique_ptr<TimeZone> parse_time_zone(std::string_view file);

}  // namespace penstock
