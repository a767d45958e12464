#pragma once

#include <span>

#include "exceptions.h"

namespace penstock::oracle {

/// All below, in the order in which they are tried.
std::span<const Exception> json_exceptions();

std::span<const Exception> json_number_exceptions();
std::span<const Exception> json_moment_exceptions();
std::span<const Exception> json_container_exceptions();
std::span<const Exception> json_member_exceptions();  // of Variant, Dynamic, JSON
std::span<const Exception> json_message_exceptions();

}  // namespace penstock::oracle
