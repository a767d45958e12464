#include <algorithm>
#include <optional>

#include "model/type.h"

namespace penstock {
namespace {

// ClickHouse itself stops at 1,000; no table a person made comes near this.
constexpr int kMaxDepth = 64;

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}
bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Reads one spelling from left to right. Every step that does not find what it
/// needs notes the place once and returns nothing.
class TypeParser {
 public:
  explicit TypeParser(std::string_view text) : text_(text) {}

  Result<Type> parse() {
    auto type = read_type(0);
    if (type && !at_end()) type = missing("the end");
    if (type) return *std::move(type);
    return Error{.fault = Fault::user,
                 .recovery = Recovery::stop,
                 .code = "pipe.mapping",
                 .message = "cannot read the type \"" + std::string(text_) + "\": at byte " +
                            std::to_string(place_ + 1) + " expected " + expected_ + ", found " +
                            token_at(place_)};
  }

 private:
  std::optional<Type> read_type(int depth) {
    if (depth >= kMaxDepth) return missing("at most 64 types in each other");
    const std::string_view name = read_word();
    if (name.empty() || is_digit(name.front())) {
      at_ = static_cast<std::size_t>(name.data() - text_.data());
      return missing("a type name");
    }
    Type type{.name = std::string(name)};
    if (!skip('(')) return type;
    if (skip(')')) return type;
    do {
      if (!read_argument(type, depth)) return std::nullopt;
    } while (skip(','));
    if (!skip(')')) return missing("',' or ')'");
    if (!type.names.empty() && type.names.size() != type.arguments.size()) {
      return missing("a name for every element or for none");
    }
    return type;
  }

  bool read_argument(Type& type, int depth) {
    skip_blanks();
    const bool first = type.literals.empty() && type.arguments.empty();
    // A function is no type, and what JSON takes has a grammar of its own.
    const bool is_function = first && type.name.ends_with("AggregateFunction");
    if (is_function || type.is("JSON") || type.is("Object")) return read_as_written(type);

    const char c = peek();
    if (c == '\'') return read_quoted_literal(type);
    if (is_digit(c) || c == '-' || c == '+') return read_number_literal(type);
    if (c == '`' || c == '"') return read_element(type, depth);
    const std::size_t start = at_;
    read_word();
    skip_blanks();
    const char next = peek();
    at_ = start;
    if (next == '=') return read_as_written(type);  // Dynamic(max_types = 8)
    return is_word(next) ? read_element(type, depth) : read_inner(type, depth);
  }

  bool read_inner(Type& type, int depth) {
    auto inner = read_type(depth + 1);
    if (!inner) return false;
    type.arguments.push_back(*std::move(inner));
    return true;
  }

  bool read_element(Type& type, int depth) {
    const bool quoted = peek() == '`' || peek() == '"';
    const std::string_view name = quoted ? read_quoted() : read_word();
    if (name.empty()) return false;
    type.names.push_back(unquote(name));
    return read_inner(type, depth);
  }

  bool read_quoted_literal(Type& type) {
    std::string literal(read_quoted());
    if (literal.empty()) return false;
    if (skip('=')) {
      const std::string_view number = read_number();
      if (number.empty()) return false;
      literal += " = " + std::string(number);
    }
    type.literals.push_back(std::move(literal));
    return true;
  }

  bool read_number_literal(Type& type) {
    const std::string_view number = read_number();
    if (!number.empty()) type.literals.emplace_back(number);
    return !number.empty();
  }

  /// Takes everything up to the ',' or ')' that ends the argument.
  bool read_as_written(Type& type) {
    const std::size_t start = at_;
    for (int open = 0; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      if (open == 0 && (c == ',' || c == ')')) break;
      if (c == '(') ++open;
      if (c == ')') --open;
      if (c != '\'' && c != '`' && c != '"') continue;
      if (read_quoted().empty()) return false;
      --at_;
    }
    std::string_view written = text_.substr(start, at_ - start);
    while (!written.empty() && is_blank(written.back())) written.remove_suffix(1);
    if (written.empty()) return missing("an argument").has_value();
    type.literals.emplace_back(written);
    return true;
  }

  std::string_view read_word() {
    skip_blanks();
    const std::size_t start = at_;
    while (at_ < text_.size() && is_word(text_[at_])) ++at_;
    return text_.substr(start, at_ - start);
  }

  std::string_view read_number() {
    skip_blanks();
    const std::size_t start = at_;
    if (peek() == '-' || peek() == '+') ++at_;
    while (is_word(peek()) || peek() == '.') ++at_;
    const std::string_view number = text_.substr(start, at_ - start);
    if (std::ranges::any_of(number, is_digit)) return number;
    at_ = start;
    missing("a number");
    return {};
  }

  /// With its quotes. Empty when the quote is never closed.
  std::string_view read_quoted() {
    const std::size_t start = at_;
    const char quote = text_[at_++];
    while (at_ < text_.size()) {
      if (text_[at_] == quote && (at_ + 1 >= text_.size() || text_[at_ + 1] != quote)) {
        ++at_;
        return text_.substr(start, at_ - start);
      }
      at_ += text_[at_] == quote || text_[at_] == '\\' ? 2 : 1;
    }
    at_ = text_.size();
    missing(std::string("a closing ") + quote);
    return {};
  }

  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  void skip_blanks() {
    while (is_blank(peek())) ++at_;
  }
  bool skip(char wanted) {
    skip_blanks();
    if (at_ >= text_.size() || text_[at_] != wanted) return false;
    ++at_;
    return true;
  }
  bool at_end() {
    skip_blanks();
    return at_ == text_.size();
  }

  std::optional<Type> missing(std::string what) {
    if (expected_.empty()) {
      expected_ = std::move(what);
      skip_blanks();
      place_ = at_;
    }
    return std::nullopt;
  }

  std::string token_at(std::size_t place) const {
    if (place >= text_.size()) return "the end";
    std::size_t end = place;
    while (end < text_.size() && is_word(text_[end])) ++end;
    return '"' + std::string(text_.substr(place, std::max<std::size_t>(end - place, 1))) + '"';
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t place_ = 0;
  std::string expected_;
};

}  // namespace

Result<Type> parse_type(std::string_view text) { return TypeParser(text).parse(); }

}  // namespace penstock
