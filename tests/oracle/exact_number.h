#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace penstock::oracle {

/// A decimal number as its digits and a power of ten, so that equal numbers give equal texts:
/// "1.50e1" and "15" both give "15e0". Empty for what is no number.
std::string exact_number(std::string_view text);

/// How many numbers in `text` say exactly `number`?
std::size_t count_number(std::string_view text, std::string_view number);

}  // namespace penstock::oracle
