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

/// The column list of a table of one to five columns named c0, c1, …; some with DEFAULT
/// expressions where the format has fields that may be missing.
std::string random_columns(Families families, bool may_default, Random& random);

}  // namespace penstock::oracle
