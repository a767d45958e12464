#pragma once

#include <string_view>

namespace penstock {

/// Room for the longest text of a double: sign, 17 digits, point, zeros down to 1e-6.
using RealBuffer = char[32];

/// The shortest text that reads back as `value`, spelt as ClickHouse does: plain from 1e-6 up to
/// 1e21, else with an exponent without '+' or zeros. Lies in `buffer` or is constant.
std::string_view real_text(double value, RealBuffer& buffer);

}  // namespace penstock
