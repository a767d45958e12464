#pragma once

#include <string>
#include <string_view>

namespace penstock::embedded {

/// ClickHouse's way of saying no: its error number, the name of that number
/// and what happened, without the "Code: N. DB::Exception:" around it.
struct Refusal {
  int code = 1002;
  std::string name = "UNKNOWN_EXCEPTION";
  std::string message;

  /// "Code: 60. DB::Exception: Table t does not exist. (UNKNOWN_TABLE) (version 26.7)"
  std::string text(std::string_view version) const;
};

/// Reads libchdb's error text. It repeats prefix and suffix for every layer
/// the error went through; one of each is left.
Refusal parse_refusal(std::string_view text);

/// The HTTP status a ClickHouse server sends with this error number.
int http_status(int code);

}  // namespace penstock::embedded
