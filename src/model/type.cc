#include "model/type.h"

#include <algorithm>

namespace penstock {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

int hex_value(char c) {
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool is_identifier(std::string_view name) {
  return !name.empty() && is_letter(name.front()) &&
         std::ranges::all_of(name, [](char c) { return is_letter(c) || is_digit(c); });
}

std::string quoted_if_needed(std::string_view name) {
  if (is_identifier(name)) return std::string(name);
  std::string out = "`";
  for (const char c : name) {
    if (c == '`' || c == '\\') out += '\\';
    out += c;
  }
  return out + '`';
}

/// What the character after a backslash stands for. A letter without a meaning
/// of its own keeps the backslash, as in ClickHouse.
std::string unescaped(char c) {
  constexpr std::string_view kLetters = "abefnrtv0";
  constexpr std::string_view kMeanings{"\a\b\x1b\f\n\r\t\v\0", 9};
  constexpr std::string_view kThemselves = "\\'\"`/=";
  const auto at = kLetters.find(c);
  if (at != std::string_view::npos) return {kMeanings[at]};
  if (kThemselves.find(c) != std::string_view::npos) return {c};
  return {'\\', c};
}

}  // namespace

std::string to_string(const Type& type) {
  std::string inside;
  const auto add = [&inside](std::string_view part) {
    if (!inside.empty()) inside += ", ";
    inside += part;
  };
  for (const std::string& literal : type.literals) add(literal);
  for (std::size_t i = 0; i < type.arguments.size(); ++i) {
    const bool named = i < type.names.size();
    add((named ? quoted_if_needed(type.names[i]) + ' ' : "") + to_string(type.arguments[i]));
  }
  return inside.empty() ? type.name : type.name + '(' + inside + ')';
}

Type in_time_zone(Type type, std::string_view zone) {
  for (Type& argument : type.arguments) argument = in_time_zone(std::move(argument), zone);
  if (type.is("DateTime64") && type.literals.empty()) type.literals = {"3"};
  const std::size_t zones_place = type.is("DateTime64") ? 1 : 0;
  const bool is_time = type.is("DateTime") || type.is("DateTime64");
  if (is_time && type.literals.size() == zones_place) {
    type.literals.push_back("'" + std::string(zone) + "'");
  }
  return type;
}

std::string unquote(std::string_view literal) {
  const char quote = literal.empty() ? '\0' : literal.front();
  const bool quoted = literal.size() >= 2 && literal.back() == quote &&
                      (quote == '\'' || quote == '`' || quote == '"');
  if (!quoted) return std::string(literal);
  literal = literal.substr(1, literal.size() - 2);

  std::string out;
  for (std::size_t i = 0; i < literal.size(); ++i) {
    const bool has_next = i + 1 < literal.size();
    if (literal[i] == quote && has_next && literal[i + 1] == quote) {
      out += literal[++i];
    } else if (literal[i] != '\\' || !has_next) {
      out += literal[i];
    } else if (literal[i + 1] == 'x' && i + 3 < literal.size() && hex_value(literal[i + 2]) >= 0 &&
               hex_value(literal[i + 3]) >= 0) {
      out += static_cast<char>(hex_value(literal[i + 2]) * 16 + hex_value(literal[i + 3]));
      i += 3;
    } else {
      out += unescaped(literal[++i]);
    }
  }
  return out;
}

}  // namespace penstock
