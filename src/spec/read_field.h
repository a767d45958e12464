#pragma once

#include <chrono>
#include <concepts>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "spec/field_info.h"
#include "spec/findings.h"
#include "spec/value.h"

namespace penstock::spec {

/// One field of one document, on its way into a struct.
struct Spot {
  const FieldInfo& info;
  const Value& value;
  const std::string& path;
};

/// Each returns the value, or adds a problem and returns nothing.
std::optional<bool> read_bool(const Spot& spot, Findings& findings);
std::optional<std::int64_t> read_integer(const Spot& spot, Findings& findings);
std::optional<double> read_number(const Spot& spot, Findings& findings);
std::optional<std::string> read_text(const Spot& spot, Findings& findings);
std::optional<std::size_t> read_choice(const Spot& spot, Findings& findings);  // index of choices
std::optional<std::vector<std::string>> read_texts(const Spot& spot, Findings& findings);
std::optional<std::map<std::string, std::string>> read_settings(const Spot& spot,
                                                                Findings& findings);

/// Adds "must be …" with what was found instead; masks secrets.
void add_unfit(const Spot& spot, Findings& findings, std::string_view hint = {});

template <class T>
struct Bare {
  using Type = T;
};
template <class T>
struct Bare<std::optional<T>> {
  using Type = T;
};
/// The type inside an optional, or the type itself.
template <class T>
using BareType = typename Bare<T>::Type;

template <class T>
concept WholeNumber = std::integral<T> && !std::same_as<T, bool>;

/// The kind a C++ type is described as, unless a note says otherwise.
template <class T>
constexpr Kind kind_of() {
  if constexpr (std::same_as<T, bool>) return Kind::boolean;
  if constexpr (WholeNumber<T>) return Kind::integer;
  if constexpr (std::floating_point<T>) return Kind::number;
  if constexpr (std::same_as<T, std::chrono::milliseconds>) return Kind::duration;
  if constexpr (std::same_as<T, std::vector<std::string>>) return Kind::list;
  if constexpr (std::same_as<T, std::map<std::string, std::string>>) return Kind::settings;
  return Kind::text;
}

/// Reads by the member's type. T is never an optional.
template <class T>
std::optional<T> read_as(const Spot& spot, Findings& findings) {
  if constexpr (std::same_as<T, bool>) {
    return read_bool(spot, findings);
  } else if constexpr (WholeNumber<T>) {
    const auto number = read_integer(spot, findings);
    if (!number) return std::nullopt;
    return static_cast<T>(*number);  // fits: the field's range lies within T's
  } else if constexpr (std::floating_point<T>) {
    return read_number(spot, findings);
  } else if constexpr (std::same_as<T, std::chrono::milliseconds>) {
    const auto number = read_integer(spot, findings);
    if (!number) return std::nullopt;
    return std::chrono::milliseconds(*number);
  } else if constexpr (std::same_as<T, std::vector<std::string>>) {
    return read_texts(spot, findings);
  } else if constexpr (std::same_as<T, std::map<std::string, std::string>>) {
    return read_settings(spot, findings);
  } else {
    static_assert(std::same_as<T, std::string>, "no such kind of field");
    return read_text(spot, findings);
  }
}

/// The range every value of T lies in, as far as 64-bit integers do not give it anyway.
template <class T>
void note_range_of(FieldInfo& info) {
  if constexpr (WholeNumber<T>) {
    if (std::is_unsigned_v<T> || sizeof(T) < 8) info.minimum = std::numeric_limits<T>::min();
    if (sizeof(T) < 8) info.maximum = std::numeric_limits<T>::max();
  } else if constexpr (std::same_as<T, std::chrono::milliseconds>) {
    info.minimum = 0;
  }
}

std::string default_text(bool value);
std::string default_text(std::int64_t value);
std::string default_text(double value);

/// A default as documentation shows it; empty for "none".
template <class T>
std::string default_text_of(const T& value) {
  if constexpr (std::same_as<T, bool>) return default_text(value);
  if constexpr (WholeNumber<T>) return default_text(static_cast<std::int64_t>(value));
  if constexpr (std::floating_point<T>) return default_text(static_cast<double>(value));
  if constexpr (std::same_as<T, std::chrono::milliseconds>) {
    return default_text(static_cast<std::int64_t>(value.count()));
  }
  if constexpr (std::same_as<T, std::string>) return value;
  return {};
}

}  // namespace penstock::spec
