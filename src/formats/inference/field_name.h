#pragma once

#include <string>
#include <string_view>

namespace penstock {

/// What the words of a field's name say of its values: "createdAt", "created_at", "ts-ms".
/// Values alone leave a doubt: a version number looks like an address.
bool names_time(std::string_view name);
bool names_address(std::string_view name);
bool names_identity(std::string_view name);

}  // namespace penstock
