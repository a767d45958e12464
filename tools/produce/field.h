#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace penstock::produce {

/// What a field of an event is, beyond what its JSON says.
enum class FieldForm : std::uint8_t {
  number,  // whole, not below zero
  real,
  flag,
  text,
  optional_text,  // text or null
  moment,         // "2026-01-02 03:04:05.678" in UTC
  money,          // a number with two digits behind its point
  numbers,        // a list
  reals,          // a list
  texts,          // a map
  record,         // with fields of its own
};

/// One field of an event, as the binary formats need it. Protobuf numbers fields from 1 in
/// their order.
struct Field {
  std::string_view name;
  FieldForm form;
  std::span<const Field> inside = {};
};

/// All fields in the order of the JSON. `event`: web, order or long_order.
std::span<const Field> fields_of(std::string_view event);

/// Milliseconds since 1970 of a FieldForm::moment.
std::int64_t milliseconds_of(std::string_view moment);

}  // namespace penstock::produce
