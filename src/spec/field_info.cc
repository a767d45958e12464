#include "spec/field_info.h"

#include <fmt/format.h>

#include <cmath>

#include "spec/amount.h"

namespace penstock::spec {
namespace {

std::string plain_amount(double amount) {
  if (amount == std::floor(amount)) return fmt::format("{:.0f}", amount);
  return fmt::format("{}", amount);
}

/// " between 1 and 16", " of at least 1", or nothing.
std::string range_words(const FieldInfo& info) {
  const auto text = [&](double amount) { return amount_text(info, amount); };
  if (info.minimum && info.maximum) {
    return fmt::format(" between {} and {}", text(*info.minimum), text(*info.maximum));
  }
  if (info.minimum) return fmt::format(" of at least {}", text(*info.minimum));
  if (info.maximum) return fmt::format(" of at most {}", text(*info.maximum));
  return {};
}

std::string text_words(const FieldInfo& info) {
  if (!info.pattern_words.empty()) return fmt::format("must be {}", info.pattern_words);
  if (info.minimum == 1 && !info.maximum) return "must be text and not empty";
  const std::string range = range_words(info);
  return "must be text" + (range.empty() ? range : range + " characters");
}

std::string choice_words(const FieldInfo& info) {
  std::string names;
  for (const ChoiceInfo& choice : info.choices) {
    names += fmt::format("{}{}", names.empty() ? "" : ", ", choice.name);
  }
  return (info.choices.size() == 1 ? "must be " : "must be one of ") + names;
}

}  // namespace

std::string amount_text(const FieldInfo& info, double amount) {
  if (info.kind == Kind::bytes) return bytes_text(amount);
  if (info.kind == Kind::duration) return milliseconds_text(amount);
  const std::string number = plain_amount(amount);
  return info.unit.empty() ? number : fmt::format("{} {}", number, info.unit);
}

std::string whole_text_pattern(const FieldInfo& info) {
  return fmt::format("^({})$", info.pattern);
}

std::string wanted(const FieldInfo& info) {
  switch (info.kind) {
    case Kind::boolean: return "must be true or false";
    case Kind::integer: return "must be a whole number" + range_words(info);
    case Kind::number: return "must be a number" + range_words(info);
    case Kind::duration:
      return fmt::format("must be a time{}, in milliseconds or like \"5s\"", range_words(info));
    case Kind::bytes:
      return fmt::format("must be a size{}, in bytes or like \"32MiB\"", range_words(info));
    case Kind::text: return text_words(info);
    case Kind::choice: return choice_words(info);
    case Kind::list: return info.nested ? "must be a list of maps" : "must be a list of texts";
    case Kind::object: return "must be a map of settings";
    case Kind::settings: return "must be a map of names and plain values";
  }
  return {};
}

}  // namespace penstock::spec
