#include "engine/audit_range.h"

#include <gtest/gtest.h>

namespace penstock {
namespace {

using Runs = std::vector<OffsetRun>;

std::string text_of(const std::vector<FindingRun>& runs) {
  std::string text;
  for (const FindingRun& run : runs) {
    text += run.finding == Finding::missing ? 'm' : run.finding == Finding::doubled ? 'd' : 'u';
    text += std::to_string(run.first) + "-" + std::to_string(run.last) + " ";
  }
  return text;
}

/// Offsets 10 to 19: rows at 10 to 13 (two at 12), a tombstone at 14, a reject at 15, an old one at
/// 16, nothing behind.
AuditRange some_range() {
  AuditRange range(10, 20);
  for (std::int64_t offset = 10; offset < 14; ++offset) {
    range.expect(offset, Outlook::rows, offset == 12 ? 2 : 1);
  }
  range.expect(14, Outlook::no_row);
  range.expect(15, Outlook::rejected);
  range.expect(16, Outlook::rejected_old);
  return range;
}

const Runs kAll = {{10, 11, 1}, {12, 12, 2}, {13, 13, 1}};
const ErrorRuns kErrors = {.open = {{15, 15, 1}}, .replayed = {}};

TEST(AuditRange, FindsNothingWhereAllIsThereOnce) {
  EXPECT_EQ(text_of(some_range().judge(kAll, kErrors)), "");
}

TEST(AuditRange, FindsWhatIsMissingDoubleAndUnexpected) {
  const AuditRange range = some_range();
  EXPECT_EQ(text_of(range.judge({}, kErrors)), "m10-13 ");
  EXPECT_EQ(text_of(range.judge(kAll, {})), "m15-15 ");
  const Runs part_of_a_message = {{10, 13, 1}};
  EXPECT_EQ(text_of(range.judge(part_of_a_message, kErrors)), "m12-12 ");
  const Runs more = {{10, 11, 2}, {12, 12, 4}, {13, 14, 1}, {19, 19, 1}};
  EXPECT_EQ(text_of(range.judge(more, kErrors)), "d10-12 u14-14 u19-19 ");
}

TEST(AuditRange, TakesAMessageThatIsSetAsideAsDone) {
  const AuditRange range = some_range();
  const Runs others = {{10, 10, 1}, {12, 12, 2}, {13, 13, 1}};
  EXPECT_EQ(text_of(range.judge(others, {.open = {{11, 11, 1}, {15, 15, 1}}, .replayed = {}})), "");
  EXPECT_EQ(text_of(range.judge(kAll, {.open = {{11, 11, 1}, {15, 15, 1}}, .replayed = {}})),
            "d11-11 ");
  EXPECT_EQ(text_of(range.judge(kAll, {.open = {{15, 15, 2}}, .replayed = {}})), "d15-15 ");
  EXPECT_EQ(text_of(range.judge(kAll, {.open = {{14, 15, 1}}, .replayed = {}})), "u14-14 ");
}

TEST(AuditRange, WantsTheRowsOfAReplayedMessage) {
  const AuditRange range = some_range();
  const ErrorRuns replayed = {.open = {}, .replayed = {{13, 13, 1}, {15, 15, 1}}};
  const Runs repaired = {{10, 11, 1}, {12, 12, 2}, {13, 13, 1}, {15, 15, 3}};
  EXPECT_EQ(text_of(range.judge(repaired, replayed)), "");
  EXPECT_EQ(text_of(range.judge(Runs{{10, 11, 1}, {12, 12, 2}}, replayed)), "m13-13 m15-15 ");
}

TEST(AuditRange, ExpectsADigestOfTheRowsThatAreDue) {
  const AuditRange range = some_range();
  clickhouse::RangeDigest due;
  for (const auto& [offset, rows] : {std::pair(10, 1), {12, 2}, {13, 1}}) due.add(offset, rows);
  const AuditRange::Expected expected =
      range.expected({.open = {{11, 11, 1}, {15, 15, 1}}, .replayed = {}});
  EXPECT_EQ(expected.digest, due);
  EXPECT_EQ(expected.undecided, 1u) << "offset 16";
  EXPECT_EQ(range.expected({.open = {{18, 18, 1}}, .replayed = {}}).undecided, 3u);
}

TEST(RangeDigest, HashesAsClickHouseDoes) {
  EXPECT_EQ(clickhouse::hash_of(0), 4761183170873013810u);
  EXPECT_EQ(clickhouse::hash_of(12345), 16722121143744093920u);
}

}  // namespace
}  // namespace penstock
