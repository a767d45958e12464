#include "embedded/refusal.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace penstock::embedded {
namespace {

constexpr std::string_view kMark = "DB::Exception: ";

struct StatusRow {
  int code;
  int status;
};

// Sorted by code. Everything else is 500.
constexpr std::array kStatuses = {
    StatusRow{6, 400},   StatusRow{8, 400},   StatusRow{15, 400},  StatusRow{25, 400},
    StatusRow{26, 400},  StatusRow{27, 400},  StatusRow{36, 400},  StatusRow{37, 400},
    StatusRow{38, 400},  StatusRow{41, 400},  StatusRow{44, 400},  StatusRow{46, 404},
    StatusRow{47, 404},  StatusRow{48, 501},  StatusRow{50, 404},  StatusRow{53, 400},
    StatusRow{56, 404},  StatusRow{60, 404},  StatusRow{62, 400},  StatusRow{63, 404},
    StatusRow{72, 400},  StatusRow{73, 404},  StatusRow{76, 503},  StatusRow{78, 404},
    StatusRow{81, 404},  StatusRow{115, 404}, StatusRow{117, 400}, StatusRow{123, 400},
    StatusRow{152, 404}, StatusRow{159, 408}, StatusRow{167, 400}, StatusRow{168, 400},
    StatusRow{192, 403}, StatusRow{193, 403}, StatusRow{194, 401}, StatusRow{209, 503},
    StatusRow{223, 400}, StatusRow{229, 413}, StatusRow{321, 400}, StatusRow{336, 404},
    StatusRow{376, 400}, StatusRow{381, 411}, StatusRow{427, 400}, StatusRow{439, 503},
    StatusRow{441, 400}, StatusRow{497, 403}, StatusRow{511, 404}, StatusRow{512, 403},
    StatusRow{516, 403}, StatusRow{675, 400}, StatusRow{676, 400}, StatusRow{779, 415},
};
static_assert(std::ranges::is_sorted(kStatuses, {}, &StatusRow::code));

bool drop_suffix(std::string_view& text, std::string_view suffix) {
  if (!text.ends_with(suffix)) return false;
  text.remove_suffix(suffix.size());
  return true;
}

/// Cuts " (NAME)" or " (version …)" off the end; the text between the brackets.
std::string_view cut_bracket(std::string_view& text) {
  std::string_view rest = text;
  while (drop_suffix(rest, ".") || drop_suffix(rest, " ") || drop_suffix(rest, "\n")) {
  }
  if (!rest.ends_with(')')) return {};
  const std::size_t open = rest.rfind(" (");
  if (open == rest.npos) return {};
  const std::string_view inside = rest.substr(open + 2, rest.size() - open - 3);
  const bool is_name = inside.size() > 2 && std::ranges::all_of(inside, [](char c) {
                         return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
                       });
  if (!is_name && !inside.starts_with("version ")) return {};
  text = rest.substr(0, open);
  return inside;
}

/// Cuts "Code: N. DB::Exception: " off the front; N, or -1 when it is not there.
int cut_prefix(std::string_view& text) {
  constexpr std::string_view kCode = "Code: ";
  if (!text.starts_with(kCode)) return -1;
  int code = -1;
  const char* const end = text.data() + text.size();
  const auto parsed = std::from_chars(text.data() + kCode.size(), end, code);
  std::string_view rest(parsed.ptr, static_cast<std::size_t>(end - parsed.ptr));
  if (parsed.ec != std::errc{} || !rest.starts_with(". ")) return -1;
  rest.remove_prefix(2);
  if (!rest.starts_with(kMark)) return -1;
  text = rest.substr(kMark.size());
  return code;
}

}  // namespace

std::string Refusal::text(std::string_view version) const {
  return fmt::format("Code: {}. {}{} ({}) (version {})", code, kMark, message, name, version);
}

Refusal parse_refusal(std::string_view text) {
  Refusal refusal;
  for (int code = cut_prefix(text); code >= 0; code = cut_prefix(text)) refusal.code = code;
  for (std::string_view bracket = cut_bracket(text); !bracket.empty();
       bracket = cut_bracket(text)) {
    if (!bracket.starts_with("version ")) refusal.name = bracket;
  }
  refusal.message = text;
  return refusal;
}

int http_status(int code) {
  const auto* row = std::ranges::lower_bound(kStatuses, code, {}, &StatusRow::code);
  return row != kStatuses.end() && row->code == code ? row->status : 500;
}

}  // namespace penstock::embedded
