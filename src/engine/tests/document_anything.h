#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace penstock {

/// The property every input must keep: bytes read as a pipe document give problems, each with
/// words, or pipes of which the table can be described and made; the same when read again. Aborts
/// when it does not hold. The first byte chooses between YAML and JSON.
void document_anything(std::string_view input);

/// Documents that bring every part once.
std::vector<std::string> document_seeds();

}  // namespace penstock
