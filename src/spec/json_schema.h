#pragma once

#include <string>

namespace penstock::spec {

struct Shape;

/// The shape as JSON Schema (draft 2020-12), indented, keys in the order of the description.
/// Secrets are `writeOnly`; hints for forms ride along under "x-ui".
std::string json_schema(const Shape& shape);

}  // namespace penstock::spec
