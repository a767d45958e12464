#pragma once

#include <span>
#include <string>
#include <string_view>

#include "random.h"

namespace penstock::oracle {

/// Families of types, as `Type::name` spells them. A format lists those its messages can fill.
using Families = std::span<const std::string_view>;

/// All that random_type() knows.
Families every_family();

/// A type as CREATE TABLE takes it, of these families only, which have to include String.
/// `depth` containers may lie around a scalar.
std::string random_type(Families families, Random& random, int depth);

/// What a format's tables are made of.
struct TableStyle {
  Families families = every_family();
  bool has_defaults = false;  // DEFAULT expressions: the format has fields that may be missing
  bool has_paths = false;     // columns that name fields inside objects: c1.v1
};

/// The column list of a table of one to five columns named c0, c1, …
std::string random_columns(const TableStyle& style, Random& random);

}  // namespace penstock::oracle
