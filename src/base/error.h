#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace penstock {

/// Whose problem an error is. Decides who gets told.
enum class Fault : std::uint8_t {
  user,      // a setting, permission or schema that a person has to change
  data,      // one record or value that cannot be used
  remote,    // Kafka, ClickHouse or a registry refused or went away
  capacity,  // one of our own limits; waiting helps
  bug,       // a promise between our own parts was broken
};

/// What the caller may do about it. Decides what happens next.
enum class Recovery : std::uint8_t {
  retry,    // wait and repeat the same thing
  isolate,  // some row of the block is refused: find it, set it aside, send the rest
  rebuild,  // our picture of the table is out of date: read it again once, then stop
  stop,     // a person has to act; the position is kept
};

/// One failure, readable by an operator and sortable by a machine.
/// `code` is a key of base/error_catalog.h, e.g. "clickhouse.too_many_parts".
struct Error {
  Fault fault = Fault::bug;
  Recovery recovery = Recovery::stop;
  std::string_view code;
  std::string message;
  std::chrono::milliseconds wait{0};
  std::vector<std::string> trail;

  /// Adds one step of context, innermost first ("table events", "pipe orders").
  Error at(std::string where) && {
    trail.push_back(std::move(where));
    return std::move(*this);
  }

  /// "message (table events, pipe orders)"
  std::string text() const;
};

}  // namespace penstock
