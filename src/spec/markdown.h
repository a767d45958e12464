#pragma once

#include <string>

namespace penstock::spec {

struct Shape;

/// The reference page of a shape: one table with the full path of every setting below it, then
/// the values of every choice with their sentences.
std::string markdown_reference(const Shape& shape);

}  // namespace penstock::spec
