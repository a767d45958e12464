#pragma once

#include <string>

namespace penstock {

struct ExplainOptions {
  std::string code;       // empty: all codes; "types": docs/reference/types.md
  bool markdown = false;  // the reference page docs/reference/errors.md
};

/// `penstock explain`: the error catalogue for people. Exit codes: 0, or 1 for an unknown code.
int explain_command(const ExplainOptions& options);

}  // namespace penstock
