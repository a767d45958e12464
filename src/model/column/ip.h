#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <utility>

#include "model/column/fixed_width.h"

namespace penstock {

/// IPv4, from dotted text or as a whole number: 1.2.3.4 is 0x01020304.
class Ipv4Column final : public FixedWidthColumn<std::uint32_t> {
 public:
  Fit put_int(std::int64_t value) override {
    if (!std::in_range<std::uint32_t>(value)) return Fit::out_of_range;
    return take(static_cast<std::uint32_t>(value));
  }
  Fit put_uint(std::uint64_t value) override {
    if (!std::in_range<std::uint32_t>(value)) return Fit::out_of_range;
    return take(static_cast<std::uint32_t>(value));
  }
  Fit put_text(std::string_view value) override;
  Fit put_number(std::string_view digits) override;
};

/// The address in network order.
using Ipv6 = std::array<std::uint8_t, 16>;

/// IPv6, from its text in any of the usual forms. An IPv4 text becomes the
/// address mapped into IPv6, ::ffff:1.2.3.4.
class Ipv6Column final : public FixedWidthColumn<Ipv6> {
 public:
  Fit put_text(std::string_view value) override;
};

Result<std::unique_ptr<Column>> make_ipv4(const Type& type);
Result<std::unique_ptr<Column>> make_ipv6(const Type& type);

}  // namespace penstock
