#include "spec/value.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <optional>
#include <utility>

namespace penstock::spec {
namespace {

constexpr std::size_t kShownCharacters = 60;

bool is_one_of(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

template <class T>
std::optional<T> whole(std::string_view digits, int base) {
  T out{};
  const auto [end, code] = std::from_chars(digits.data(), digits.data() + digits.size(), out, base);
  if (code != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return out;
}

std::optional<Value::Data> whole_number(std::string_view text) {
  if (text.starts_with('+')) {
    text.remove_prefix(1);
    if (text.starts_with('-')) return std::nullopt;
  }
  int base = 10;
  if (text.starts_with("0x")) base = 16;
  if (text.starts_with("0o")) base = 8;
  if (base != 10) text.remove_prefix(2);
  if (base != 10 && text.starts_with('-')) return std::nullopt;
  if (const auto number = whole<std::int64_t>(text, base)) return Value::Data(*number);
  if (const auto number = whole<std::uint64_t>(text, base)) return Value::Data(*number);
  return std::nullopt;
}

std::optional<double> real_number(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  double out = 0;
  if (is_one_of(text, {".inf", ".Inf", ".INF"})) {
    out = std::numeric_limits<double>::infinity();
  } else if (!negative && is_one_of(text, {".nan", ".NaN", ".NAN"})) {
    return std::numeric_limits<double>::quiet_NaN();
  } else {
    // from_chars also reads "inf", "nan" and a second sign; YAML does not.
    if (text.empty() || text.find_first_not_of("0123456789.eE+-") != text.npos) return std::nullopt;
    if (text.front() == '-' || text.front() == '+') return std::nullopt;
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), out);
    if (code != std::errc() || end != text.data() + text.size()) return std::nullopt;
  }
  return negative ? -out : out;
}

/// "http://user:password@host" without what stands before the @.
std::string without_login(std::string_view text) {
  const auto scheme = text.find("://");
  const auto at = text.rfind('@');
  if (scheme == text.npos || at == text.npos || at < scheme) return std::string(text);
  return std::string(text.substr(0, scheme + 3)) + "***" + std::string(text.substr(at));
}

struct ScalarText {
  std::string operator()(std::monostate) const { return {}; }
  std::string operator()(bool value) const { return value ? "true" : "false"; }
  std::string operator()(std::int64_t value) const { return fmt::to_string(value); }
  std::string operator()(std::uint64_t value) const { return fmt::to_string(value); }
  std::string operator()(double value) const { return fmt::format("{}", value); }
  std::string operator()(const std::string& value) const { return value; }
  std::string operator()(const Value::List&) const { return {}; }
  std::string operator()(const Value::Map&) const { return {}; }
};

bool same_scalar(const Value& left, const Value& right) {
  const auto same = [&]<class T>(const T* one) { return one && *one == *right.get_if<T>(); };
  return left.is_null() || same(left.get_if<bool>()) || same(left.get_if<std::int64_t>()) ||
         same(left.get_if<std::uint64_t>()) || same(left.get_if<double>()) ||
         same(left.get_if<std::string>());
}

}  // namespace

Value::Value() = default;
Value::Value(Data data, Place place) : data_(std::move(data)), place_(place) {}

const Value* Value::find(std::string_view key) const {
  const Map* map = get_if<Map>();
  if (map == nullptr) return nullptr;
  const auto same_key = [&](const Entry& entry) { return entry.key == key; };
  const auto found = std::find_if(map->begin(), map->end(), same_key);
  return found == map->end() ? nullptr : &found->value;
}

void Value::take_from_environment(std::string text) {
  data_ = std::move(text);
  from_environment_ = true;
}

bool same_data(const Value& left, const Value& right) {
  if (left.data().index() != right.data().index()) return false;
  if (const auto* list = left.get_if<Value::List>()) {
    const auto& other = *right.get_if<Value::List>();
    return std::equal(list->begin(), list->end(), other.begin(), other.end(), same_data);
  }
  if (const auto* map = left.get_if<Value::Map>()) {
    const auto& other = *right.get_if<Value::Map>();
    const auto same_entry = [](const Entry& one, const Entry& two) {
      return one.key == two.key && same_data(one.value, two.value);
    };
    return std::equal(map->begin(), map->end(), other.begin(), other.end(), same_entry);
  }
  return same_scalar(left, right);
}

std::string quoted(std::string_view text) {
  std::string shown = without_login(text);
  if (shown.size() > kShownCharacters) {
    std::size_t end = kShownCharacters;
    while (end > 0 && (shown[end] & 0xC0) == 0x80) --end;  // not within a UTF-8 sequence
    shown.resize(end);
    shown += "…";
  }
  const auto is_control = [](unsigned char c) { return c < 0x20 || c == 0x7f; };
  std::replace_if(shown.begin(), shown.end(), is_control, ' ');
  return fmt::format("\"{}\"", shown);
}

std::string describe(const Value& value) {
  if (value.is_null()) return "null";
  if (value.get_if<Value::List>()) return "a list";
  if (value.get_if<Value::Map>()) return "a map";
  if (const auto* text = value.get_if<std::string>()) return quoted(*text);
  return scalar_text(value);
}

std::string scalar_text(const Value& value) { return std::visit(ScalarText{}, value.data()); }

Value::Data plain_scalar(std::string_view text) {
  if (is_one_of(text, {"", "~", "null", "Null", "NULL"})) return std::monostate{};
  if (is_one_of(text, {"true", "True", "TRUE"})) return true;
  if (is_one_of(text, {"false", "False", "FALSE"})) return false;
  if (const auto number = whole_number(text)) return *number;
  if (const auto number = real_number(text)) return *number;
  return std::string(text);
}

}  // namespace penstock::spec
