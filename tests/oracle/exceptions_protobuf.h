#pragma once

#include <span>

#include "exceptions.h"

namespace penstock::oracle {

/// In the order in which they are tried.
std::span<const Exception> protobuf_exceptions();

/// Those of them about fields that are not there or given twice, numbers, dates and times.
std::span<const Exception> protobuf_field_exceptions();
std::span<const Exception> protobuf_number_exceptions();
std::span<const Exception> protobuf_moment_exceptions();

}  // namespace penstock::oracle
