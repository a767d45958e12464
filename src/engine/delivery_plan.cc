#include "engine/delivery_plan.h"

#include <fmt/format.h>

#include <charconv>

namespace penstock {
namespace {

constexpr std::string_view kMark = R"({"v":)";  // every plan of ours begins so
constexpr std::size_t kLongestEra = 32;

/// Reads the one spelling that to_note() writes; anything else is refused.
class NoteReader {
 public:
  explicit NoteReader(std::string_view text) : rest_(text) {}

  bool skip(std::string_view expected) {
    if (!rest_.starts_with(expected)) return false;
    rest_.remove_prefix(expected.size());
    return true;
  }
  bool number(std::int64_t& value) {
    const auto read = std::from_chars(rest_.data(), rest_.data() + rest_.size(), value);
    if (read.ec != std::errc()) return false;
    rest_.remove_prefix(static_cast<std::size_t>(read.ptr - rest_.data()));
    return true;
  }
  bool text(std::string& value) {
    const std::size_t end = rest_.find('"');
    if (end == std::string_view::npos || end > kLongestEra) return false;
    value = rest_.substr(0, end);
    rest_.remove_prefix(end + 1);
    return true;
  }
  bool ended() const { return rest_.empty(); }

 private:
  std::string_view rest_;
};

bool read_range(NoteReader& reader, PlannedRange& range) {
  return reader.skip("[") && reader.number(range.first) && reader.skip(",") &&
         reader.number(range.last) && reader.skip(",") && reader.number(range.planned_at_ms) &&
         reader.skip("]") && range.first <= range.last;
}

bool read_ranges(NoteReader& reader, std::vector<PlannedRange>& ranges) {
  if (!reader.skip("[")) return false;
  if (reader.skip("]")) return true;
  do {
    PlannedRange range;
    const bool fits = read_range(reader, range) && ranges.size() < kMostPlannedRanges &&
                      (ranges.empty() || ranges.back().last < range.first);
    if (!fits) return false;
    ranges.push_back(range);
  } while (reader.skip(","));
  return reader.skip("]");
}

Error unreadable(std::string_view note) {
  constexpr std::size_t kMostShown = 200;
  return {.fault = Fault::user,
          .recovery = Recovery::stop,
          .code = "engine.plan",
          .message = fmt::format("the plan stored with the group's position cannot be read by this "
                                 "version: {}",
                                 note.substr(0, kMostShown))};
}

}  // namespace

std::string to_note(const DeliveryPlan& plan) {
  std::string note = fmt::format(R"({}1,"era":"{}","r":[)", kMark, plan.era);
  std::string_view separator;
  for (const PlannedRange& range : plan.ranges) {
    note += fmt::format("{}[{},{},{}]", separator, range.first, range.last, range.planned_at_ms);
    separator = ",";
  }
  return note + "]}";
}

Result<std::optional<DeliveryPlan>> read_note(std::string_view note) {
  if (!note.starts_with(kMark)) return std::optional<DeliveryPlan>();
  DeliveryPlan plan;
  NoteReader reader(note);
  const bool whole = reader.skip(kMark) && reader.skip(R"(1,"era":")") && reader.text(plan.era) &&
                     reader.skip(R"(,"r":)") && read_ranges(reader, plan.ranges) &&
                     reader.skip("}") && reader.ended();
  if (!whole) return unreadable(note);
  return std::optional(std::move(plan));
}

std::string delivery_name(std::string_view topic, std::int32_t partition, const PlannedRange& range,
                          std::string_view era) {
  return fmt::format("{}:{}:{}-{}@{}", topic, partition, range.first, range.last, era);
}

}  // namespace penstock
