#include "spec/read_field.h"

#include <fmt/format.h>
#include <regex.h>

#include <algorithm>
#include <cmath>

#include "base/check.h"
#include "spec/amount.h"
#include "spec/nearest_name.h"
#include "spec/path.h"

namespace penstock::spec {
namespace {

/// Text out of the environment counts as what it would be without quotes.
Value unquoted(const Value& value) {
  const auto* text = value.get_if<std::string>();
  if (text == nullptr || !value.from_environment()) return value;
  return Value(plain_scalar(*text), value.place());
}

std::optional<std::int64_t> whole_number(const FieldInfo& info, const Value& value) {
  if (const auto* number = value.get_if<std::int64_t>()) return *number;
  if (const auto* number = value.get_if<double>()) {
    // JSON writers may spell 5000 as 5000.0 or 5e3.
    if (*number != std::floor(*number) || std::abs(*number) > 9e15) return std::nullopt;
    return static_cast<std::int64_t>(*number);
  }
  const auto* text = value.get_if<std::string>();
  if (text == nullptr) return std::nullopt;
  if (info.kind == Kind::duration) return milliseconds_of(*text);
  if (info.kind == Kind::bytes) return bytes_of(*text);
  return std::nullopt;
}

bool in_range(const FieldInfo& info, double amount) {
  return !(info.minimum && amount < *info.minimum) && !(info.maximum && amount > *info.maximum);
}

bool is_container_kind(Kind kind) {
  return kind == Kind::list || kind == Kind::object || kind == Kind::settings;
}

std::string kind_text(const Value& value) {
  if (value.get_if<std::string>()) return "text";
  if (value.get_if<Value::List>() || value.get_if<Value::Map>() || value.is_null()) {
    return describe(value);
  }
  return value.get_if<bool>() ? "true or false" : "a number";
}

/// What a problem may show: never a secret, and nothing of what should have been a container,
/// for that may have held one.
std::string shown(const Spot& spot) {
  if (is_container_kind(spot.info.kind)) return kind_text(spot.value);
  if (!spot.info.secret) return describe(spot.value);
  const auto* text = spot.value.get_if<std::string>();
  return text != nullptr && text->empty() ? "\"\"" : "a secret, not shown";
}

/// POSIX matching: std::regex would recurse once per character of the text.
bool matches(const std::string& text, const std::string& pattern) {
  regex_t compiled;
  const bool valid = regcomp(&compiled, pattern.c_str(), REG_EXTENDED | REG_NOSUB) == 0;
  PENSTOCK_CHECK(valid, "a field has a pattern that cannot be compiled");
  const bool found = regexec(&compiled, text.c_str(), 0, nullptr, 0) == 0;
  regfree(&compiled);
  return found && text.find('\0') == text.npos;
}

std::size_t characters(const std::string& text) {
  const auto starts = [](unsigned char c) { return (c & 0xC0) != 0x80; };
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), starts));
}

}  // namespace

void add_unfit(const Spot& spot, Findings& findings, std::string_view hint) {
  findings.problems.push_back({.path = spot.path,
                               .message = wanted(spot.info) + std::string(hint),
                               .found = shown(spot),
                               .place = spot.value.place()});
}

std::optional<bool> read_bool(const Spot& spot, Findings& findings) {
  const Value value = unquoted(spot.value);
  if (const auto* flag = value.get_if<bool>()) return *flag;
  add_unfit(spot, findings);
  return std::nullopt;
}

std::optional<std::int64_t> read_integer(const Spot& spot, Findings& findings) {
  const auto number = whole_number(spot.info, unquoted(spot.value));
  if (number && in_range(spot.info, static_cast<double>(*number))) return number;
  add_unfit(spot, findings);
  return std::nullopt;
}

std::optional<double> read_number(const Spot& spot, Findings& findings) {
  const Value value = unquoted(spot.value);
  std::optional<double> number;
  if (const auto* real = value.get_if<double>()) number = *real;
  if (const auto* whole = value.get_if<std::int64_t>()) number = static_cast<double>(*whole);
  if (const auto* huge = value.get_if<std::uint64_t>()) number = static_cast<double>(*huge);
  if (number && std::isfinite(*number) && in_range(spot.info, *number)) return number;
  add_unfit(spot, findings);
  return std::nullopt;
}

std::optional<std::string> read_text(const Spot& spot, Findings& findings) {
  const FieldInfo& info = spot.info;
  const auto* text = spot.value.get_if<std::string>();
  if (text == nullptr) {
    const bool scalar = !scalar_text(spot.value).empty();
    if (scalar && info.text_or_number && !spot.value.get_if<bool>()) return scalar_text(spot.value);
    add_unfit(spot, findings, scalar ? "; put it in quotes" : "");
    return std::nullopt;
  }
  const bool fits_pattern = info.pattern.empty() || matches(*text, whole_text_pattern(info));
  if (fits_pattern && in_range(info, static_cast<double>(characters(*text)))) return *text;
  add_unfit(spot, findings);
  return std::nullopt;
}

std::optional<std::size_t> read_choice(const Spot& spot, Findings& findings) {
  const auto* text = spot.value.get_if<std::string>();
  std::vector<std::string_view> names;
  for (const ChoiceInfo& choice : spot.info.choices) {
    if (text != nullptr && choice.name == *text) return names.size();
    names.push_back(choice.name);
  }
  const std::string_view near = text == nullptr ? "" : nearest_name(*text, names);
  add_unfit(spot, findings, near.empty() ? "" : fmt::format("; did you mean `{}`?", near));
  return std::nullopt;
}

std::optional<std::vector<std::string>> read_texts(const Spot& spot, Findings& findings) {
  const auto* list = spot.value.get_if<Value::List>();
  if (list == nullptr) {
    add_unfit(spot, findings);
    return std::nullopt;
  }
  FieldInfo item;
  item.minimum = 1;
  item.secret = spot.info.secret;
  std::vector<std::string> out;
  for (std::size_t i = 0; i < list->size(); ++i) {
    const std::string path = path_to(spot.path, i);
    if (auto text = read_text({item, (*list)[i], path}, findings)) out.push_back(std::move(*text));
  }
  return out;
}

std::optional<std::map<std::string, std::string>> read_settings(const Spot& spot,
                                                                Findings& findings) {
  const auto* map = spot.value.get_if<Value::Map>();
  if (map == nullptr) {
    add_unfit(spot, findings);
    return std::nullopt;
  }
  std::map<std::string, std::string> out;
  for (const Entry& entry : *map) {
    if (entry.value.get_if<Value::List>() || entry.value.get_if<Value::Map>()) {
      findings.problems.push_back({.path = path_to(spot.path, entry.key),
                                   .message = "must be a plain value",
                                   .found = kind_text(entry.value),
                                   .place = entry.value.place()});
    } else if (!entry.value.is_null()) {
      out.emplace(entry.key, scalar_text(entry.value));
    }
  }
  return out;
}

std::string default_text(bool value) { return value ? "true" : "false"; }
std::string default_text(std::int64_t value) { return fmt::to_string(value); }
std::string default_text(double value) { return fmt::format("{}", value); }

}  // namespace penstock::spec
