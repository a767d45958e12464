#pragma once

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace penstock::log {

enum class Level : std::uint8_t { debug, info, warning, error };

/// One key=value of a structured line. Values with blanks are quoted.
struct Field {
  Field(std::string_view key, std::string value) : key(key), value(std::move(value)) {}
  Field(std::string_view key, std::string_view value) : key(key), value(value) {}
  Field(std::string_view key, const char* value) : key(key), value(value) {}
  Field(std::string_view key, std::integral auto value) : key(key), value(std::to_string(value)) {}

  std::string_view key;
  std::string value;
};

/// Writes one line to standard error: time, level, message, key=value pairs.
/// Threads: any. A secret never goes into a field.
void write(Level level, std::string_view message, const std::vector<Field>& fields = {});

inline void info(std::string_view message, const std::vector<Field>& fields = {}) {
  write(Level::info, message, fields);
}
inline void warning(std::string_view message, const std::vector<Field>& fields = {}) {
  write(Level::warning, message, fields);
}
inline void error(std::string_view message, const std::vector<Field>& fields = {}) {
  write(Level::error, message, fields);
}
inline void debug(std::string_view message, const std::vector<Field>& fields = {}) {
  write(Level::debug, message, fields);
}

/// Lines below `level` are dropped. Default: info.
void set_level(Level level);

/// Called in place of writing to standard error, for example by a terminal
/// display that has to redraw around the line. Empty: standard error again.
void set_writer(void (*writer)(std::string_view line));

}  // namespace penstock::log
