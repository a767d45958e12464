#pragma once

#include <string>
#include <vector>

#include "avro_pairs.h"
#include "formats/avro/schema.h"
#include "random.h"

namespace penstock::oracle {

/// A writer's schema that feeds these fields: most by types both sides take, in some tables by
/// any; now and then a field is missing, has only an alias, or is one that nobody wants.
std::string random_avro_schema(const std::vector<WantedField>& wanted, Random& random);

/// A datum of the schema. Its values are such as the columns take, often at the edge, sometimes
/// beyond; now and then its bytes are damaged.
std::string random_avro_datum(const avro::Node& root, const std::vector<WantedField>& wanted,
                              Random& random);

}  // namespace penstock::oracle
