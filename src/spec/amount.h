#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace penstock::spec {

/// "32MiB" or "1.5 GB" in bytes; none when number or unit cannot be read, or it is no whole number.
std::optional<std::int64_t> bytes_of(std::string_view text);

/// "250ms", "5 s", "1.5min" or "1h" in milliseconds; none likewise.
std::optional<std::int64_t> milliseconds_of(std::string_view text);

/// The amount in the largest unit that leaves a whole number: "512 KiB", "5 s".
std::string bytes_text(double bytes);
std::string milliseconds_text(double milliseconds);

}  // namespace penstock::spec
