#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace penstock::json {

/// Cuts a message into the texts of its rows: objects one after the other, with blanks or
/// one comma between them, or a list of objects. Finds brackets only: what lies inside an
/// object is for its reader to judge.
class RowTexts {
 public:
  enum class Next : std::uint8_t { row, end, broken };

  /// `message`: kReadAhead bytes behind it can be read.
  explicit RowTexts(std::string_view message);

  /// With Next::row see row(), with Next::broken see problem().
  Next next();

  /// From its brace to the one that closes it, or to the end of the message.
  std::string_view row() const noexcept { return row_; }
  std::string_view problem() const noexcept { return problem_; }

 private:
  Next broken(std::string_view problem);
  /// Between two rows: false when the message is over or `problem_` is set.
  bool step_over();

  std::string_view rest_;
  std::string_view row_;
  std::string_view problem_;
  bool in_list_ = false;
  bool is_first_ = true;
};

}  // namespace penstock::json
