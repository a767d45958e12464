#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "spec/environment.h"

namespace penstock {

/// `penstock check -f FILE…`: validates pipe documents, offline unless `asks_server`: then it also
/// says how the tables that exist differ from the documents. Prints "FILE: ok" or every problem,
/// one per line, then the number of problems. Returns the exit code: 0 when all is well, 2 when
/// there are problems, 3 when a server could not be asked. Differences are no problems: the table
/// is used as it is.
int check_command(const std::vector<std::string>& files, bool asks_server,
                  const spec::Environment& environment, std::ostream& out);

/// `penstock check --schema`: the JSON Schema of a pipe document, for editors.
std::string pipe_document_schema();

/// The reference of every setting of a pipe document, as markdown.
std::string pipe_document_reference();

}  // namespace penstock
