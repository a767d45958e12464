#pragma once

#include <string>
#include <vector>

namespace penstock {

struct RunOptions {
  std::vector<std::string> files;
  bool until_caught_up = false;
};

/// `penstock run`: runs the pipes of the files in the foreground.
/// Exit codes: 0 stopped or caught up, 2 the documents have problems, 3 a pipe failed.
int run_command(const RunOptions& options);

}  // namespace penstock
