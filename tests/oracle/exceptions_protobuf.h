#pragma once

#include <span>

#include "exceptions.h"

namespace penstock::oracle {

std::span<const Exception> protobuf_exceptions();

}  // namespace penstock::oracle
