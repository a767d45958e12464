#pragma once

#include <string>
#include <vector>

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

/// ClickHouse stored the first or last day of 1900 to 2299 where we have one beyond.
bool clamps_a_day(const Difference& difference);

/// ClickHouse's side differs in the signs of zeroes only.
bool only_signs_a_zero(const Difference& difference);

/// The numbers of a text in their order, also those inside quotes. A number that is part of a
/// word is none.
std::vector<double> numbers_in(const std::string& text);

/// Every number of the value stands in `stored`, the text of one side, or nearly: of 3 digits
/// where the column has floats, else of 15. True where moments or escapes leave it open.
bool keeps_the_numbers(const Difference& difference, const std::string& stored);

/// We stored the number that ClickHouse found too big for a Decimal.
bool keeps_its_number(const Difference& difference);

/// Whether Protobuf's own library read the message: else its text is its bytes.
bool is_whole_message(const Difference& difference);
bool is_no_whole_message(const Difference& difference);

/// A map's key stands twice in what ClickHouse stored.
bool has_a_key_twice(const Difference& difference);

}  // namespace penstock::oracle
