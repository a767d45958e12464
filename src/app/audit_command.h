#pragma once

#include <string>

namespace penstock {

struct AuditCommandOptions {
  std::string file;
  std::string from;
  std::string to;
  std::string output = "table";  // or json
};

/// `penstock audit`: compares the topics of a file's pipes with their tables.
/// Exit codes: 0 all is there once, 1 something is not, 2 a pipe could not be audited.
int audit_command(const AuditCommandOptions& options);

}  // namespace penstock
