#pragma once

#include <cstdint>
#include <string_view>

#include "model/column/time_unit.h"
#include "model/column/variant_order.h"

namespace penstock {

/// Whether a column of the trial's family holds the number with every bit of it.
bool is_exact_in(const MemberTrial& trial, std::int64_t value);
bool is_exact_in(const MemberTrial& trial, std::uint64_t value);
bool is_exact_in(const MemberTrial& trial, double value);
/// Whether the moment has no digits below the member's smallest step.
bool is_exact_in(const MemberTrial& trial, UtcTime moment);

/// Whether a text, if the member takes it, could hardly mean anything else: a name of an
/// Enum and no number, 36 letters of a UUID, YYYY-MM-DD with or without a clock time
/// whose digits all have a place.
bool is_spelt_for(const MemberTrial& trial, std::string_view text);

}  // namespace penstock
