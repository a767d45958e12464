#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "model/type.h"

namespace penstock {

/// The kinds of value that a Variant tells apart: one per door of ColumnWriter.
enum class ValueKind : std::uint8_t {
  integer,
  real,
  boolean,
  text,
  bytes,
  json,
  moment,
  day,
  duration
};
constexpr std::size_t kValueKinds = 9;

/// The types a member of a Variant is looked at as.
enum class MemberFamily : std::uint8_t {
  integer,
  decimal,
  float64,
  float32,
  bfloat16,
  boolean,
  enumeration,
  uuid,
  ipv4,
  ipv6,
  date,
  date_time,
  time,
  text,
  fixed_text,
  json,
  container,
};

/// A member to offer a value to, and whether only where it says the value exactly.
struct MemberTrial {
  std::uint8_t member = 0;
  MemberFamily family = MemberFamily::text;
  bool exactly = false;
  /// Date types and Time: the nanoseconds in their smallest step.
  std::uint32_t step = 1;
};

/// The members of a Variant in the order in which a value of the kind is offered to
/// them; a member may come twice, first for exact values only.
///
/// integer   integers from the narrowest, of one width the signed one first; Decimals;
///           Float64, Float32, BFloat16 if exact; DateTime, DateTime64; Enum; Bool;
///           String; floats that round; Time, Date, IPv4
/// real      Decimals; Float64; Float32, BFloat16 if exact; integers if it is whole;
///           DateTime64; String; floats that round
/// boolean   Bool; String; integers from the narrowest; floats
/// text      if it is spelt just so: Enum, UUID, IPv4, IPv6, dates, times of enough
///           digits, clock times; String; FixedString; then whoever reads it
/// bytes     String; FixedString; UUID, IPv6, IPv4; then as text
/// json      JSON; String; FixedString
/// moment    DateTime, DateTime64 of enough digits; String; the finest of them; integers
/// day       Date, Date32; DateTime, DateTime64; String; integers
/// duration  Time, Time64; String; integers
std::vector<MemberTrial> variant_order(std::span<const Type> members, ValueKind kind);

}  // namespace penstock
