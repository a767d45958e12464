#pragma once

#include "difference.h"

namespace penstock::oracle {

// What patterns cannot say of a difference; for the exceptions of all formats.

/// The number we refused does not stand in what ClickHouse made of it.
bool loses_the_number(const Difference& difference);

/// What we refused is neither a whole moment nor a count of seconds.
bool is_no_moment(const Difference& difference);

/// ClickHouse stored nulls where we have values.
bool has_more_nulls(const Difference& difference);

/// Some text in the value is not of the one form of moments that ClickHouse reads.
bool has_an_odd_moment(const Difference& difference);

/// ClickHouse wrote the zero of a number as text, or an enum's entry of number 0.
bool spells_a_zero(const Difference& difference);

/// A map's key stands twice in what ClickHouse stored.
bool has_a_key_twice(const Difference& difference);

}  // namespace penstock::oracle
