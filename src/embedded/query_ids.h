#pragma once

#include <string>
#include <string_view>

#include "embedded/query_text.h"

namespace penstock::embedded {

/// libchdb names its queries itself. The id a client gave travels in the
/// setting log_comment; this makes KILL QUERY and SELECTs from
/// system.processes read it from there, under the name query_id.
std::string with_query_ids(std::string_view sql, StatementKind kind);

}  // namespace penstock::embedded
