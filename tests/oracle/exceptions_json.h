#pragma once

#include <span>

#include "exceptions.h"

namespace penstock::oracle {

std::span<const Exception> json_exceptions();

}  // namespace penstock::oracle
