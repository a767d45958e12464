#pragma once

#include <string>
#include <string_view>

#include "base/error.h"
#include "http/client.h"

namespace penstock::registry {

/// There is no such schema: the record that names it is at fault.
Error unknown_schema(std::string_view wanted, std::string_view found);

/// The registry said something nobody can use: a person has to look.
Error bad_answer(std::string_view wanted, std::string_view found);

/// The Error for any answer but a 200. `wanted` says what was asked of whom, e.g.
/// "schema id 7 at http://127.0.0.1:8081".
///
/// Confluent's codes are those of its REST API (40401 subject, 40402 version, 40403 schema not
/// found); AWS names exceptions in "__type".
Error refusal_error(const http::Answer& answer, std::string_view wanted);

}  // namespace penstock::registry
