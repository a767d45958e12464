#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "formats/record_decoder.h"
#include "model/mapping.h"
#include "model/table.h"

namespace penstock {

/// One text case of tests/golden/<format>; tests/golden/README.md describes the
/// file. What follows the first `rows` or `rejects` line is expected output.
struct GoldenCase {
  struct Record {
    std::string text;
    bool is_spelt = false;    // a line of `record`: where a format is binary, to be encoded first
    bool is_file = false;     // a line of `file`: its codec and its rows, to be encoded
    std::size_t schemas = 0;  // lines of `schema` above it
  };

  std::string given;     // everything above the expected output, as written
  std::string expected;  // the rest
  Table table;
  std::optional<std::vector<FieldMapping>> fields;  // none: mapping auto
  RecordLimits limits;
  std::string schema;                          // lines of `schema`
  std::map<std::string, std::string> imports;  // lines of `import`, by name
  std::string message;                         // of the schema, where it has several
  std::string framing;                         // as its line says, else empty
  std::vector<std::optional<Record>> records;  // none: a tombstone
};

/// Throws std::runtime_error naming the line that cannot be read.
GoldenCase read_golden_case(const std::filesystem::path& file);

}  // namespace penstock
