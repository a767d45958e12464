#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace penstock {

/// One text case of tests/golden/inference; tests/golden/README.md describes the file.
struct InferenceCase {
  std::string given;     // everything above the expected output, as written
  std::string expected;  // the rest
  std::vector<std::string> messages;
  std::vector<std::string> schemas;  // lines of `schema`
  std::string message;               // Protobuf: of the schema
  std::string oneofs;                // Protobuf: tuple, variant or columns; empty: tuple
};

/// Throws std::runtime_error naming the line that cannot be read.
InferenceCase read_inference_case(const std::filesystem::path& file);

}  // namespace penstock
