#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "model/column.h"
#include "model/column/tail.h"

namespace penstock {

/// Columns of which each row lies in one or, null, in none: what Variant and Dynamic
/// have in common. A row is put into a member first and then noted here.
class ChosenMembers {
 public:
  static constexpr std::uint8_t kNone = 255;
  static constexpr std::size_t kMost = 254;

  std::size_t size() const noexcept { return members_.size(); }
  Column& at(std::size_t member) const noexcept { return *members_[member].column; }
  /// Rows of the member that are noted.
  std::size_t rows_of(std::size_t member) const noexcept { return members_[member].rows; }
  /// At most kMost.
  void add(std::unique_ptr<Column> column) { members_.push_back({.column = std::move(column)}); }

  void note(std::size_t member) {
    ++members_[member].rows;
    picks_.push(static_cast<std::uint8_t>(member));
  }
  void note_null() { picks_.push(kNone); }

  /// Per row the member, or kNone.
  std::span<const std::uint8_t> picks() const noexcept { return {picks_.data(), picks_.size()}; }
  std::size_t rows() const noexcept { return picks_.size(); }
  std::size_t bytes() const noexcept;
  /// Forgets what members hold beyond their noted rows, too.
  void truncate(std::size_t rows);
  /// Appends rows of `from`, whose member m is our ours[m].
  void append(const ChosenMembers& from, std::span<const std::uint8_t> ours, std::size_t first,
              std::size_t count);

 private:
  struct Member {
    std::unique_ptr<Column> column;
    std::size_t rows = 0;
  };

  std::vector<Member> members_;
  Tail<std::uint8_t> picks_;
};

}  // namespace penstock
