#pragma once

#include <cstddef>
#include <string>

namespace penstock {

struct SampleOptions {
  std::string file;
  std::size_t rows = 10;
};

/// `penstock sample`: reads the topics of one pipe as an onlooker (no group, no
/// commits), decodes as the pipe would, and prints rows as JSON lines and rejects
/// with their reason. Exit codes: 0, 2 problems in the document, 3 it cannot be read.
int sample_command(const SampleOptions& options);

}  // namespace penstock
