#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace penstock {

/// Writes JSON (RFC 8259) into one buffer, part by part, for values that a String or
/// JSON column takes as text. Commas and colons come by themselves; that brackets match
/// and every key has its value is up to the caller. Always valid UTF-8.
///
/// | Value | Becomes |
/// |---|---|
/// | real | its shortest digits, always with a point or an exponent, so that it stays a real: 1.0 |
/// | NaN, infinities, which JSON does not have | "nan", "inf", "-inf", as ClickHouse reads them |
/// | text or bytes that are not UTF-8 | each odd byte as the character of its number: \u00ff |
///
/// Threads: one. The buffer keeps its memory.
class JsonText {
 public:
  void clear();
  /// What was written since clear(). Lives until the next write.
  std::string_view text() const noexcept { return out_; }

  void put_null() { put_token("null"); }
  void put_bool(bool value) { put_token(value ? "true" : "false"); }
  void put_int(std::int64_t value);
  void put_uint(std::uint64_t value);
  /// The shortest digits that tell it from other floats, or other doubles.
  void put_real(float value);
  void put_real(double value);
  /// Digits that already are a JSON number.
  void put_number(std::string_view digits) { put_token(digits); }
  /// Text, or bytes taken as text.
  void put_text(std::string_view value);

  void begin_object() { begin('{'); }
  /// What follows is its value.
  void put_key(std::string_view key);
  void end_object() { end('}'); }
  void begin_array() { begin('['); }
  void end_array() { end(']'); }

 private:
  void separate();
  void begin(char bracket);
  void end(char bracket);
  void put_token(std::string_view token);
  void quote(std::string_view value);
  template <class T>
  void spell_real(T value);

  std::string out_;
  bool follows_value_ = false;
};

}  // namespace penstock
