#include "engine/audit_range.h"

#include <optional>

#include "base/check.h"

namespace penstock {
namespace {

// What expected_ holds: one of these, or kRows + the number of rows.
constexpr std::uint32_t kNoMessage = 0;
constexpr std::uint32_t kNoRow = 1;
constexpr std::uint32_t kRejected = 2;
constexpr std::uint32_t kRejectedOld = 3;
constexpr std::uint32_t kRows = kRejectedOld;

bool is_rejected(std::uint32_t expected) {
  return expected == kRejected || expected == kRejectedOld;
}

std::optional<Finding> judge_one(std::uint32_t expected, std::uint64_t stored, std::uint64_t open,
                                 std::uint64_t replayed) {
  const bool was_set_aside = open + replayed > 0;
  if (expected == kNoMessage || expected == kNoRow) {
    if (stored == 0 && !was_set_aside) return std::nullopt;
    return Finding::unexpected;
  }
  const bool is_twice = open + replayed > 1 || (open > 0 && stored > 0);
  if (is_twice) return Finding::doubled;
  if (open > 0) return std::nullopt;
  if (is_rejected(expected)) {
    // It has rows when it was repaired, or was read while the pipe still took it.
    const bool is_gone = stored == 0 && (replayed > 0 || expected == kRejected);
    return is_gone ? std::optional(Finding::missing) : std::nullopt;
  }
  const std::uint64_t rows = expected - kRows;
  if (stored < rows) return Finding::missing;
  return stored > rows ? std::optional(Finding::doubled) : std::nullopt;
}

}  // namespace

AuditRange::AuditRange(std::int64_t first, std::int64_t end) : first_(first), end_(end) {}

void AuditRange::expect(std::int64_t offset, Outlook outlook, std::uint32_t rows) {
  PENSTOCK_CHECK(offset >= first_ && offset < end_, "a message is in the range it is told to");
  const auto place = static_cast<std::size_t>(offset - first_);
  if (expected_.size() <= place) expected_.resize(place + 1, kNoMessage);
  switch (outlook) {
    case Outlook::rows: expected_[place] = kRows + rows; break;
    case Outlook::no_row: expected_[place] = kNoRow; break;
    case Outlook::rejected: expected_[place] = kRejected; break;
    case Outlook::rejected_old: expected_[place] = kRejectedOld; break;
  }
}

std::uint32_t AuditRange::at(std::int64_t offset) const {
  const auto place = static_cast<std::size_t>(offset - first_);
  return place < expected_.size() ? expected_[place] : kNoMessage;
}

AuditRange::ErrorsByOffset AuditRange::by_offset(const ErrorRuns& runs) {
  ErrorsByOffset errors;
  for (const OffsetRun& run : runs.open) {
    for (std::int64_t offset = run.first; offset <= run.last; ++offset) {
      errors[offset].open += run.rows;
    }
  }
  for (const OffsetRun& run : runs.replayed) {
    for (std::int64_t offset = run.first; offset <= run.last; ++offset) {
      errors[offset].replayed += run.rows;
    }
  }
  return errors;
}

AuditRange::Expected AuditRange::expected(const ErrorRuns& runs) const {
  Expected expected;
  const ErrorsByOffset errors = by_offset(runs);
  for (const auto& [offset, found] : errors) {
    // Nothing a digest could say: more than one, or of no message.
    const std::uint32_t message = at(offset);
    if (found.open + found.replayed > 1 || message <= kNoRow) ++expected.undecided;
  }
  auto error = errors.begin();
  for (std::size_t place = 0; place < expected_.size(); ++place) {
    const std::int64_t offset = first_ + static_cast<std::int64_t>(place);
    while (error != errors.end() && error->first < offset) ++error;
    const Errors none;
    const Errors& found = error != errors.end() && error->first == offset ? error->second : none;
    const bool is_aside = found.open > 0;
    if (is_rejected(expected_[place]) && !is_aside) ++expected.undecided;
    if (expected_[place] > kRows && !is_aside) {
      expected.digest.add(offset, expected_[place] - kRows);
    }
  }
  return expected;
}

std::vector<FindingRun> AuditRange::judge(std::span<const OffsetRun> stored,
                                          const ErrorRuns& runs) const {
  std::vector<FindingRun> found;
  const ErrorsByOffset errors = by_offset(runs);
  auto error = errors.begin();
  auto run = stored.begin();
  for (std::int64_t offset = first_; offset < end_; ++offset) {
    while (run != stored.end() && run->last < offset) ++run;
    while (error != errors.end() && error->first < offset) ++error;
    const bool has_rows = run != stored.end() && run->first <= offset;
    const bool has_error = error != errors.end() && error->first == offset;
    const Errors aside = has_error ? error->second : Errors{};
    const auto finding =
        judge_one(at(offset), has_rows ? run->rows : 0, aside.open, aside.replayed);
    if (!finding) continue;
    const bool goes_on =
        !found.empty() && found.back().finding == *finding && found.back().last == offset - 1;
    if (goes_on) {
      found.back().last = offset;
    } else {
      found.push_back({.finding = *finding, .first = offset, .last = offset});
    }
  }
  return found;
}

}  // namespace penstock
