#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace penstock::spec {

/// Where something stands in a file, counted from 1. Line 0: not known.
struct Place {
  int line = 0;
  int column = 0;
};

/// One thing wrong with a document, addressed so that a form can mark the field
/// and an editor can jump to it. Never holds a secret.
struct Problem {
  std::string path;     // "destination.columns[3].type"; empty for the document itself
  std::string message;  // what would be right: "must be between 10 and 600000"
  std::string found;    // what is there instead, shortened; empty when nothing is
  Place place;
};

/// "file:line:column: path: message (found …)", one line per problem, each with a line feed.
std::string problems_text(const std::vector<Problem>& problems, std::string_view file);

}  // namespace penstock::spec
