#pragma once

#include <map>
#include <string>
#include <vector>

#include "spec/value.h"

namespace penstock::spec {

/// Lines to stand above a node, without their "# ", by its path (see path_to()). "" is the
/// document itself.
using Comments = std::map<std::string, std::vector<std::string>, std::less<>>;

/// The tree as one YAML document that read_yaml() reads as the same data. Comments show above
/// entries of maps and items of lists, nowhere else.
std::string write_yaml(const Value& value, const Comments& comments = {});

/// The tree as JSON, indented by two blanks. What is no JSON (infinity) becomes null.
std::string write_json(const Value& value);

}  // namespace penstock::spec
