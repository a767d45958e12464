#include "formats/inference/texts_seen.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>

#include "model/column/time_text.h"

namespace penstock {
namespace {

constexpr std::int64_t kSecondsPerDay = 86'400;
constexpr int kMostFractionDigits = 9;

struct Meaning {
  TextForm form = TextForm::plain;
  std::int64_t seconds = 0;  // since 1970, of a date or moment
  int fraction_digits = 0;
};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; }
bool is_hex(char c) { return std::isxdigit(static_cast<unsigned char>(c)) != 0; }

bool is_uuid(std::string_view text) {
  constexpr std::string_view kForm = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
  return std::equal(text.begin(), text.end(), kForm.begin(), kForm.end(),
                    [](char c, char form) { return form == '-' ? c == '-' : is_hex(c); });
}

bool is_address(int family, std::string_view text) {
  std::array<char, INET6_ADDRSTRLEN> letters{};
  std::array<unsigned char, sizeof(in6_addr)> address{};
  if (text.size() >= letters.size()) return false;
  std::copy(text.begin(), text.end(), letters.begin());
  return std::find(text.begin(), text.end(), '\0') == text.end() &&
         inet_pton(family, letters.data(), address.data()) == 1;
}

bool begins_with_year(std::string_view text) {
  constexpr std::size_t kYear = 4;
  return text.size() > kYear && std::all_of(text.begin(), text.begin() + kYear, is_digit) &&
         (text[kYear] == '-' || text[kYear] == '/');
}

int fraction_digits(std::string_view text) {
  const auto second = std::min(text.rfind(':', text.rfind('.')), text.size());
  const auto point = text.find('.', second);
  if (point == std::string_view::npos) return 0;
  const auto digits = text.substr(point + 1);
  return static_cast<int>(std::find_if_not(digits.begin(), digits.end(), is_digit) -
                          digits.begin());
}

std::optional<Meaning> time_meaning(std::string_view text) {
  constexpr std::size_t kLongest = 40;
  const bool names_its_parts = begins_with_year(text) || (!text.empty() && is_letter(text[0]));
  if (!names_its_parts || text.size() > kLongest) return std::nullopt;
  if (const auto days = parse_date(text)) return Meaning{TextForm::date, *days * kSecondsPerDay};
  const auto time = parse_time(text);
  const int digits = fraction_digits(text);
  if (!time || digits > kMostFractionDigits) return std::nullopt;
  return Meaning{TextForm::moment, time->seconds, digits};
}

Meaning meaning_of(std::string_view text) {
  if (is_uuid(text)) return {TextForm::uuid};
  if (const auto time = time_meaning(text)) return *time;
  if (is_address(AF_INET, text)) return {TextForm::ipv4};
  if (is_address(AF_INET6, text)) return {TextForm::ipv6};
  return {};
}

}  // namespace

void TextsSeen::add(std::string_view text) {
  ++count;
  const Meaning meaning = meaning_of(text);
  switch (meaning.form) {
    case TextForm::plain: return;
    case TextForm::uuid: ++uuids; return;
    case TextForm::ipv4: ++ipv4s; return;
    case TextForm::ipv6: ++ipv6s; return;
    case TextForm::date: ++dates; break;
    case TextForm::moment: ++moments; break;
  }
  earliest = std::min(earliest, meaning.seconds);
  latest = std::max(latest, meaning.seconds);
  most_fraction_digits = std::max(most_fraction_digits, meaning.fraction_digits);
}

void TextsSeen::merge(const TextsSeen& other) {
  count += other.count;
  dates += other.dates;
  moments += other.moments;
  uuids += other.uuids;
  ipv4s += other.ipv4s;
  ipv6s += other.ipv6s;
  earliest = std::min(earliest, other.earliest);
  latest = std::max(latest, other.latest);
  most_fraction_digits = std::max(most_fraction_digits, other.most_fraction_digits);
}

TextForm form_of(std::string_view text) { return meaning_of(text).form; }

}  // namespace penstock
