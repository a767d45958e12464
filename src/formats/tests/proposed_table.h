#pragma once

#include "contract/decoder.h"
#include "formats/inference/proposal.h"
#include "model/mapping.h"

namespace penstock {

/// The mapping of messages into a proposed table, its types by their spelling as a document has
/// them. Throws std::runtime_error when the table cannot be written.
Mapping mapping_of(const Proposal& proposal);

/// The columns, each with its reasons, the sorting key and what was left out, as the cases of
/// tests/golden/inference spell them.
std::string spelt(const Proposal& proposal);

}  // namespace penstock
