#pragma once

#include <array>
#include <cstdint>
#include <memory>

#include "model/column/fixed_width.h"

namespace penstock {

/// The first and the last 16 hex digits, each a number: Native's order.
using Uuid = std::array<std::uint64_t, 2>;

/// UUID, from 32 hex digits with dashes in the usual four places or without any.
class UuidColumn final : public FixedWidthColumn<Uuid> {
 public:
  Fit put_text(std::string_view value) override;
};

Result<std::unique_ptr<Column>> make_uuid(const Type& type);

}  // namespace penstock
