#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "model/column_writer.h"

namespace penstock::protobuf {

/// Why a message did not become rows, as the innermost part that knows says it.
struct Trouble {
  enum class Kind : std::uint8_t { refused, broken, too_deep, long_text };

  Kind kind = Kind::refused;
  Fit fit = Fit::ok;  // of a refused value; ok while there is no trouble
  std::string found;  // the refused value, or what is broken
  std::optional<std::size_t> slot;
  std::size_t text_bytes = 0;  // of a text above max_string_bytes

  void start_message() {
    fit = Fit::ok;
    slot.reset();
  }
  /// Each gives back what a column would answer, for the way out.
  Fit refuse(Fit by, std::string value) {
    if (fit != Fit::ok) return fit;
    kind = Kind::refused;
    fit = by;
    found = std::move(value);
    return fit;
  }
  Fit call_broken(std::string what) {
    fit = Fit::unreadable;
    kind = Kind::broken;
    found = std::move(what);
    return fit;
  }
  Fit call_long_text(std::size_t bytes) {
    if (fit != Fit::ok) return fit;
    fit = Fit::out_of_range;
    kind = Kind::long_text;
    text_bytes = bytes;
    return fit;
  }
  Fit call_too_deep() {
    fit = Fit::unreadable;
    kind = Kind::too_deep;
    return fit;
  }
};

}  // namespace penstock::protobuf
