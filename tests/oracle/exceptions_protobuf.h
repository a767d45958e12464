#pragma once

#include <span>

#include "exceptions.h"

namespace penstock::oracle {

/// In the order in which they are tried.
std::span<const Exception> protobuf_exceptions();

/// Those of them about numbers.
std::span<const Exception> protobuf_number_exceptions();

}  // namespace penstock::oracle
