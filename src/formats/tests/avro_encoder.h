#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "formats/avro/schema.h"

namespace penstock::avro {

/// The binary form of a value that is written in Avro's JSON encoding: unions as
/// {"branch": value}, bytes and fixed as texts of the characters U+0000 to U+00FF. Only for
/// tests and benchmarks; not the code that reads, turned over.
///
/// Besides: a value of a union of null and one other type may stand without its branch.
/// Throws std::runtime_error when the value is none of the type.
std::string encode(const Node& type, std::string_view json);

/// The schema with this JSON text; throws std::runtime_error when it is none.
Schema schema_of(std::string_view text);

/// Avro's int or long.
std::string encode_long(std::int64_t value);

/// An object container file of one block per element of `blocks`, each that many rows in binary
/// form. `codec`: null, deflate, snappy or zstandard.
struct FileBlock {
  std::size_t rows = 0;
  std::string bytes;
};
std::string container_file(std::string_view schema, std::string_view codec,
                           const std::vector<FileBlock>& blocks);

}  // namespace penstock::avro
