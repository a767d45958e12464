#include "formats/inference/field_name.h"

#include <algorithm>
#include <cctype>
#include <span>
#include <vector>

namespace penstock {
namespace {

bool is_upper(char c) { return std::isupper(static_cast<unsigned char>(c)) != 0; }
bool is_part_of_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; }

/// "createdAt_ms" -> created, at, ms
std::vector<std::string> words_of(std::string_view name) {
  std::vector<std::string> words;
  bool inside = false;
  char before = '\0';
  for (const char c : name) {
    const bool begins = !inside || (is_upper(c) && !is_upper(before));
    inside = is_part_of_word(c);
    before = c;
    if (!inside) continue;
    if (begins) words.emplace_back();
    words.back() += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return words;
}

bool has_word(std::string_view name, std::span<const std::string_view> wanted) {
  const auto words = words_of(name);
  return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
    return std::find(wanted.begin(), wanted.end(), word) != wanted.end();
  });
}

constexpr std::string_view kTimes[] = {"at",   "date",      "datetime", "epoch",
                                       "time", "timestamp", "ts"};
constexpr std::string_view kAddresses[] = {"addr", "address", "ip", "ipaddr", "ipv4", "ipv6"};
constexpr std::string_view kIdentities[] = {"guid", "id", "key", "uuid"};

}  // namespace

bool names_time(std::string_view name) { return has_word(name, kTimes); }
bool names_address(std::string_view name) { return has_word(name, kAddresses); }
bool names_identity(std::string_view name) { return has_word(name, kIdentities); }

}  // namespace penstock
