#include "model/column/chosen_members.h"

#include <array>

namespace penstock {

std::size_t ChosenMembers::bytes() const noexcept {
  std::size_t total = picks_.bytes();
  for (const Member& member : members_) total += member.column->bytes();
  return total;
}

void ChosenMembers::truncate(std::size_t rows) {
  for (std::size_t row = rows; row < picks_.size(); ++row) {
    const std::uint8_t pick = picks_.data()[row];
    if (pick != kNone) --members_[pick].rows;
  }
  picks_.shrink(rows);
  for (const Member& member : members_) member.column->truncate(member.rows);
}

void ChosenMembers::append(const ChosenMembers& from, std::span<const std::uint8_t> ours,
                           std::size_t first, std::size_t count) {
  std::array<std::size_t, kMost> next{};
  const auto picks = from.picks();
  for (const std::uint8_t pick : picks.first(first)) {
    if (pick != kNone) ++next[pick];
  }
  for (const std::uint8_t pick : picks.subspan(first, count)) {
    if (pick == kNone) {
      note_null();
      continue;
    }
    at(ours[pick]).append(from.at(pick), next[pick]++, 1);
    note(ours[pick]);
  }
}

}  // namespace penstock
