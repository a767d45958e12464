#pragma once

#include <string>

#include "model/type.h"
#include "random.h"

namespace penstock::oracle {

/// As random_scalar_text(), for Date, Date32, DateTime, DateTime64, Time and Time64.
std::string random_moment_text(const Type& type, Random& random);

}  // namespace penstock::oracle
