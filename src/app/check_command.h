#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "spec/environment.h"

namespace penstock {

/// `penstock check -f FILE…`: validates pipe documents offline. Prints "FILE: ok" or every problem,
/// one per line, then the number of problems. Returns the exit code: 0 when all is well, 2
/// otherwise.
int check_command(const std::vector<std::string>& files, const spec::Environment& environment,
                  std::ostream& out);

/// `penstock check --schema`: the JSON Schema of a pipe document, for editors.
std::string pipe_document_schema();

/// The reference of every setting of a pipe document, as markdown.
std::string pipe_document_reference();

}  // namespace penstock
