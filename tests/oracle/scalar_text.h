#pragma once

#include <string>

#include "model/type.h"
#include "random.h"

namespace penstock::oracle {

/// The text of a value for a scalar column, as a producer may spell it: mostly one that fits,
/// often at the edge of what does, sometimes beyond. Not quoted or escaped for any format.
/// For String and what has no spelling of its own: any text, UTF-8 throughout.
std::string random_scalar_text(const Type& type, Random& random);

/// Text of all kinds of characters, some of which every format has to escape.
std::string random_text(Random& random, std::size_t longest);

/// A decimal number token that JSON allows, without regard to any type.
std::string random_number(Random& random);

}  // namespace penstock::oracle
