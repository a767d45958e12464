#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "formats/avro/schema.h"
#include "model/table.h"
#include "model/type.h"

namespace penstock::oracle {

/// A field of the root record as the table wants it: a column, or the columns of a flattened
/// Nested together.
struct WantedField {
  std::string name;
  Type type;
};
std::vector<WantedField> wanted_fields(const Table& table);

/// Which type the part of a container goes into, or null. Wrappers such as Nullable are passed
/// over.
const Type* element_type(const Type* list);
const Type* key_type(const Type* map);
const Type* value_type(const Type* map);
const Type* part_type(const Type* record, const avro::Node& node, std::size_t field);
/// The type inside Nullable, LowCardinality and SimpleAggregateFunction.
const Type& bare(const Type& type);

/// A datum as text, read by a reader of its own. Ends with "<broken>" where its bytes do not follow
/// the schema, with "<rest>" where more bytes follow.
std::string datum_text(const avro::Node& root, std::string_view datum);
bool is_whole(const avro::Node& root, std::string_view datum);

/// What meets what in one field, a line each: "Int8 from int" for every pair of types,
/// "Int8 <- int 5" for every value. Types that are no match for a container are paired with
/// the whole of it. A branch of a union is "optional int" beside null, else "union int".
/// First of all "by an alias", where the field has another name; last of all "<broken>".
/// Empty when there is no such field.
std::string pairs_text(const avro::Node& root, std::string_view datum, const WantedField& field);

}  // namespace penstock::oracle
