#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "spec/problem.h"

namespace penstock::spec {

class Value;

/// "destination" + "table" -> "destination.table"; a key with dots or brackets is quoted.
std::string path_to(std::string_view parent, std::string_view key);

/// "destination.columns" + 3 -> "destination.columns[3]"
std::string path_to(std::string_view parent, std::size_t index);

/// Is `inner` the same node as `outer`, or one below it?
bool is_within(std::string_view inner, std::string_view outer);

/// The place of the node at `path` below `root`, or of its nearest ancestor that exists.
Place place_of(const Value& root, std::string_view path);

}  // namespace penstock::spec
