#pragma once

#include <cstddef>
#include <string>

namespace penstock {

struct InferOptions {
  std::string file;
  std::size_t samples = 200;
  std::string output = "yaml";  // "yaml", "json", "sql"
};

/// `penstock infer`: reads samples of a pipe's topics as an onlooker and prints the pipe document
/// with a managed table for them: as YAML with the reasons as comments and CREATE TABLE at the
/// end, or as JSON, or CREATE TABLE alone. What a person should know besides goes to stderr.
/// Exit codes: 0, 2 problems in the document, 3 nothing can be read.
int infer_command(const InferOptions& options);

}  // namespace penstock
