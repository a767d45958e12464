#include "model/column/time_zone.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <limits>
#include <map>
#include <mutex>
#include <optional>
#include <utility>

namespace penstock {
namespace {

// The calendar and with it the clock changes of a rule repeat after 400 years: changes are
// listed up to this year, which is more than that behind the last one of any file.
constexpr std::chrono::year kLastYear{2499};
constexpr std::int64_t kCycle = 146'097LL * 86'400;
constexpr std::int64_t kCycleEnd =
    std::chrono::sys_seconds(std::chrono::sys_days(kLastYear / 12 / 31)).time_since_epoch().count();

template <class T>
T big_endian(std::string_view bytes) {
  std::uint64_t value = 0;
  for (std::size_t index = 0; index < sizeof(T); ++index) {
    value = value << 8 | static_cast<unsigned char>(bytes[index]);
  }
  return static_cast<T>(value);
}

/// Sizes of the parts of one data block, as its 44-byte header gives them.
struct BlockHeader {
  static constexpr std::size_t kSize = 44;
  std::size_t utc_marks, standard_marks, leap_seconds, times, kinds, name_bytes;

  static std::optional<BlockHeader> read(std::string_view file) {
    if (file.size() < kSize || !file.starts_with("TZif")) return std::nullopt;
    const auto count = [&](std::size_t index) {
      return std::size_t{big_endian<std::uint32_t>(file.substr(20 + index * 4))};
    };
    return BlockHeader{count(0), count(1), count(2), count(3), count(4), count(5)};
  }

  std::size_t data_size(std::size_t time_width) const {
    return times * (time_width + 1) + kinds * 6 + name_bytes + leap_seconds * (time_width + 4) +
           standard_marks + utc_marks;
  }
};

/// Changes listed in the file, then those its last line promises for every year.
void add_yearly_changes(std::string_view footer, std::vector<ClockChange>& changes) {
  const auto rule = ZoneRule::parse(footer.substr(0, footer.find('\n')));
  if (!rule) return;
  const std::int64_t last =
      changes.empty() ? std::numeric_limits<std::int64_t>::min() : changes.back().at;
  std::chrono::year year{1970};
  if (!changes.empty()) {
    const auto day =
        std::chrono::floor<std::chrono::days>(std::chrono::sys_seconds{std::chrono::seconds{last}});
    year = std::chrono::year_month_day{day}.year();
  }
  for (; year <= kLastYear; ++year) {
    for (const ClockChange& change : rule->changes(year)) {
      if (change.at > last) changes.push_back(change);
    }
  }
}

bool is_safe(std::string_view name) {
  return !name.empty() && name.front() != '/' && name.find("..") == std::string_view::npos &&
         name.find('\0') == std::string_view::npos;
}

std::unique_ptr<TimeZone> load(const std::string& name) {
  if (name == "UTC") return std::make_unique<TimeZone>(0, std::vector<ClockChange>{});
  if (!is_safe(name)) return nullptr;
  const char* folder = std::getenv("TZDIR");
  std::ifstream file((folder != nullptr ? std::string(folder) : "/usr/share/zoneinfo") + "/" + name,
                     std::ios::binary);
  if (!file) return nullptr;
  return parse_time_zone(std::string(std::istreambuf_iterator<char>(file), {}));
}

}  // namespace

TimeZone::TimeZone(std::int32_t first_offset, const std::vector<ClockChange>& changes) {
  eras_.push_back({.begin = std::numeric_limits<std::int64_t>::min(), .offset = first_offset});
  for (const ClockChange& change : changes) {
    eras_.push_back({.begin = std::max(change.at + change.offset_before, eras_.back().begin),
                     .offset = change.offset_after});
  }
}

TimeZone::OffsetSpan TimeZone::span_at(std::int64_t wall_clock) const {
  const std::int64_t cycles = wall_clock < kCycleEnd ? 0 : (wall_clock - kCycleEnd) / kCycle + 1;
  const std::int64_t ahead = cycles * kCycle;
  const auto next = std::ranges::upper_bound(eras_, wall_clock - ahead, {}, &Era::begin);
  const Era& era = *std::prev(next);
  return {.begin = era.begin + ahead,
          .end = (next == eras_.end() ? kCycleEnd : next->begin) + ahead,
          .offset = era.offset};
}

std::unique_ptr<TimeZone> parse_time_zone(std::string_view file) {
  // Version 1 data (32-bit times) comes first and is skipped; version 2 follows.
  const auto old = BlockHeader::read(file);
  if (!old || file[4] < '2') return nullptr;
  const std::size_t old_size = BlockHeader::kSize + old->data_size(4);
  if (file.size() < old_size) return nullptr;
  file.remove_prefix(old_size);
  const auto header = BlockHeader::read(file);
  if (!header || header->kinds == 0) return nullptr;
  file.remove_prefix(BlockHeader::kSize);
  if (file.size() < header->data_size(8)) return nullptr;

  const std::string_view kind_of_change = file.substr(header->times * 8);
  const std::string_view kinds = kind_of_change.substr(header->times);
  const auto offset_of = [&](std::size_t kind) {
    return big_endian<std::int32_t>(kinds.substr(kind * 6));
  };
  std::vector<ClockChange> changes;
  std::int32_t offset = offset_of(0);
  for (std::size_t index = 0; index < header->times; ++index) {
    const std::size_t kind = static_cast<unsigned char>(kind_of_change[index]);
    if (kind >= header->kinds) return nullptr;
    const std::int32_t before = std::exchange(offset, offset_of(kind));
    changes.push_back({.at = big_endian<std::int64_t>(file.substr(index * 8)),
                       .offset_before = before,
                       .offset_after = offset});
  }
  std::string_view footer = file.substr(header->data_size(8));
  if (!footer.empty()) footer.remove_prefix(1);
  add_yearly_changes(footer, changes);
  return std::make_unique<TimeZone>(offset_of(0), changes);
}

Result<const TimeZone*> TimeZone::find(const std::string& name) {
  static std::mutex mutex;
  static std::map<std::string, std::unique_ptr<const TimeZone>, std::less<>> known;
  const std::lock_guard lock(mutex);
  if (const auto found = known.find(name); found != known.end()) return found->second.get();
  std::unique_ptr<const TimeZone> zone = load(name);
  if (zone == nullptr) {
    return Error{.fault = Fault::user,
                 .recovery = Recovery::stop,
                 .code = "pipe.mapping",
                 .message = "time zone \"" + name +
                            "\" is not in this machine's time zone database; install the "
                            "package tzdata or correct the column's type"};
  }
  return known.emplace(name, std::move(zone)).first->second.get();
}

}  // namespace penstock
