#pragma once

#include <filesystem>
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
  std::string given;     // everything above the expected output, as written
  std::string expected;  // the rest
  Table table;
  std::optional<std::vector<FieldMapping>> fields;  // none: mapping auto
  RecordLimits limits;
  std::vector<std::optional<std::string>> records;  // none: a tombstone
};

/// Throws std::runtime_error naming the line that cannot be read.
GoldenCase read_golden_case(const std::filesystem::path& file);

}  // namespace penstock
