#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "spec/problem.h"

namespace penstock::spec {

class Value;

/// Looks up one variable. Passed in, so that tests need no real environment.
using Environment = std::function<std::optional<std::string>(std::string_view name)>;

/// The variables of this process.
Environment process_environment();

/// Replaces `${NAME}` and `${NAME:-default}` in every string of the tree; the default also stands
/// in for an empty variable. `$${` is a literal `${`. Adds a problem for each variable that is
/// neither set nor given a default, and for each `${` that is not closed.
void substitute(Value& root, const Environment& environment, std::vector<Problem>& problems);

}  // namespace penstock::spec
