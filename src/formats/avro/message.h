#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "formats/json_text.h"
#include "model/column_writer.h"

namespace penstock::avro {

/// Why a message was not read to its end.
struct Trouble {
  enum class Kind : std::uint8_t {
    broken,     // its bytes do not follow the schema: `found` says how
    refused,    // a column said no: `fit`, and `found` is the value
    too_large,  // a limit: `found` says which
    long_text,  // a text for a column above max_text_bytes: `text_bytes` long
  };
  Kind kind = Kind::broken;
  Fit fit = Fit::ok;
  std::string found;
  std::size_t byte = 0;  // where in the message
  std::size_t text_bytes = 0;
};

/// The bytes of one message while they are read, and what went wrong.
///
/// Every reader takes the place where its value starts and gives back the place behind it,
/// or null after trouble. No reader reads beyond `end`, whatever the bytes say.
struct Message {
  /// Per message: elements and rows that take no bytes at all, which only this limits.
  static constexpr std::size_t kMostEmptyValues = 65'536;

  const char* start = nullptr;
  const char* end = nullptr;
  std::size_t empty_values = 0;
  /// Values inside each other, where a schema allows any number, and how many may be.
  std::size_t depth = 0;
  std::size_t max_depth = 256;
  /// Of one text or bytes value that goes into a column.
  std::size_t max_text_bytes = 16u << 20;
  /// How long the JSON of a value may become.
  std::size_t max_json_bytes = 16u << 20;
  JsonText json;
  Trouble trouble;

  void begin(std::string_view bytes) {
    start = bytes.data();
    end = bytes.data() + bytes.size();
    empty_values = 0;
    depth = 0;
  }
  std::size_t left(const char* at) const { return static_cast<std::size_t>(end - at); }

  /// These note the trouble and give back null.
  const char* broken(const char* at, std::string_view what);
  const char* too_large(const char* at, std::string_view what);
  const char* refused(Fit fit, std::string_view found);
  const char* refused_text(Fit fit, std::string_view found);  // in quotes
  const char* refused(Fit fit, std::int64_t found);
  const char* long_text(std::size_t bytes);
};

/// Zigzag: 0, 1, 2, 3 stand for 0, -1, 1, -2.
inline std::int64_t unfold(std::uint64_t folded) {
  return static_cast<std::int64_t>(folded >> 1) ^ -static_cast<std::int64_t>(folded & 1);
}

/// read_long() near the end of the message, and for numbers of nine or ten bytes.
const char* read_long_slowly(Message& message, const char* at, std::int64_t& value);

/// Avro's int and long: base 128, the low digits first, the sign in the lowest bit.
[[gnu::always_inline]] inline const char* read_long(Message& message, const char* at,
                                                    std::int64_t& value) {
  constexpr std::uint64_t kMore = 0x8080808080808080;
  if (at != message.end && static_cast<signed char>(*at) >= 0) {
    value = unfold(static_cast<unsigned char>(*at));
    return at + 1;
  }
  if (message.left(at) < sizeof(std::uint64_t)) return read_long_slowly(message, at, value);
  std::uint64_t word = 0;
  std::memcpy(&word, at, sizeof(word));
  const std::uint64_t stops = ~word & kMore;
  if (stops == 0) return read_long_slowly(message, at, value);
  const int bits = std::countr_zero(stops) + 1;
  word &= ~std::uint64_t{0} >> (64 - bits);
  // Groups of 7 bits close up: pairs of bytes, of pairs, of fours.
  word = (word & 0x007F007F007F007F) | (word & 0x7F007F007F007F00) >> 1;
  word = (word & 0x00003FFF00003FFF) | (word & 0x3FFF00003FFF0000) >> 2;
  word = (word & 0x000000000FFFFFFF) | (word & 0x0FFFFFFF00000000) >> 4;
  value = unfold(word);
  return at + bits / 8;
}

/// A length and so many bytes: Avro's string and bytes.
[[gnu::always_inline]] inline const char* read_text(Message& message, const char* at,
                                                    std::string_view& text) {
  std::int64_t length = 0;
  at = read_long(message, at, length);
  if (at == nullptr) return nullptr;
  if (static_cast<std::uint64_t>(length) > message.left(at)) [[unlikely]] {
    return message.broken(at, length < 0 ? "a length below zero" : "it ends inside a text");
  }
  text = {at, static_cast<std::size_t>(length)};
  return at + length;
}

/// The next `size` bytes.
inline const char* read_bytes(Message& message, const char* at, std::size_t size,
                              std::string_view& bytes) {
  if (size > message.left(at)) return message.broken(at, "it ends inside a value");
  bytes = {at, size};
  return at + size;
}

/// One byte, 0 or 1.
inline const char* read_boolean(Message& message, const char* at, bool& value) {
  if (at == message.end) return message.broken(at, "it ends inside a value");
  const auto byte = static_cast<unsigned char>(*at);
  if (byte > 1) return message.broken(at, "a boolean that is neither 0 nor 1");
  value = byte == 1;
  return at + 1;
}

/// An int: a long that 32 bits hold.
[[gnu::always_inline]] inline const char* read_int(Message& message, const char* at,
                                                   std::int64_t& value) {
  const char* const behind = read_long(message, at, value);
  if (behind == nullptr) return nullptr;
  if (value != static_cast<std::int32_t>(value)) [[unlikely]] {
    return message.broken(at, "an int of more than 32 bits");
  }
  return behind;
}

/// An index below `count`.
inline const char* read_index(Message& message, const char* at, std::size_t count,
                              std::size_t& index) {
  std::int64_t value = 0;
  const char* const behind = read_long(message, at, value);
  if (behind == nullptr) return nullptr;
  if (static_cast<std::uint64_t>(value) >= count) {
    return message.broken(at, "a branch or symbol that the schema does not have");
  }
  index = static_cast<std::size_t>(value);
  return behind;
}

}  // namespace penstock::avro
