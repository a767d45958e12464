#pragma once

#include <cstdint>
#include <string_view>

#include "model/column_writer.h"

namespace penstock::json {

/// A number of a JSON text, read as far as 64 bits carry it.
struct Number {
  enum class Kind : std::uint8_t {
    none,           // not a number as JSON spells them
    integer,        // `integer` holds it
    large_integer,  // above INT64_MAX: `unsigned_integer` holds it
    real,           // has a fraction or an exponent
    digits,         // an integer no 64 bits hold, or -0: only the text tells all
  };
  Kind kind = Kind::none;
  std::int64_t integer = 0;
  std::uint64_t unsigned_integer = 0;
};

/// Reads a whole token. Reals are only checked, not converted.
Number read_number(std::string_view token);

/// Puts the number in the form the column wants. The token has been read to
/// `number`, whose kind is not none.
Fit put_number(const Number& number, std::string_view token, ColumnWriter& into);

}  // namespace penstock::json
