#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace penstock::spec {

struct Shape;

enum class Kind : std::uint8_t {
  boolean,
  integer,
  number,
  duration,  // milliseconds as a whole number, or "5s"
  bytes,     // a whole number, or "32MiB"
  text,
  choice,
  list,      // of text, or of `nested`
  object,    // described by `nested`
  settings,  // free keys with scalar values
};

/// One allowed value of a choice, with its own sentence.
struct ChoiceInfo {
  std::string_view name;
  std::string_view help;
};

/// What every reader of a field needs, independent of its C++ type.
/// The views point at literals.
struct FieldInfo {
  std::string_view name;
  std::string_view help;
  Kind kind = Kind::text;
  std::string_view group = "basic";
  std::string_view suggestions;  // where a form may look up values, e.g. "kafka.topics"
  std::string_view example;
  std::string_view unit;
  std::string_view since;
  std::string_view formerly;       // a name the field once had; still read, with a warning
  std::string_view pattern;        // for the whole text, in the syntax POSIX and ECMAScript share
  std::string_view pattern_words;  // what the pattern asks for: "must be …"
  std::string default_text;        // from the struct; empty when there is none
  std::optional<double> minimum;   // of a number; of the length of a text
  std::optional<double> maximum;
  std::vector<ChoiceInfo> choices;
  const Shape* nested = nullptr;
  bool required = false;
  bool secret = false;
  bool advanced = false;
  bool live = false;            // may change while the pipe runs
  bool text_or_number = false;  // a text that the wire may also carry as a number
};

/// `pattern` with its anchors, as both syntaxes need them.
std::string whole_text_pattern(const FieldInfo& info);

/// "must be a whole number between 1 and 16": what would be right, for messages and reference.
std::string wanted(const FieldInfo& info);

/// "512 KiB", "5 s": a limit in the words of the field's kind and unit.
std::string amount_text(const FieldInfo& info, double amount);

}  // namespace penstock::spec
