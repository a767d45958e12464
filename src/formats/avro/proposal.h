#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "contract/schema_source.h"
#include "formats/inference/schema_row.h"

namespace penstock::avro {

/// The rows of a writer's schema, with a column type for every field: one row, or one for each
/// record where the root is a union. All values the schema allows fit, if ClickHouse has a type
/// for them: a DateTime64 ends in 9999.
///
/// `called`: the schema, for reasons. Errors: schema.unusable.
Result<std::vector<SchemaRow>> propose_rows(const RegisteredSchema& schema,
                                            const std::string& called);

}  // namespace penstock::avro
