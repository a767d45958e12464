#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "engine/pipe_document.h"

namespace penstock {

/// Asks ClickHouse how the table differs from the document, whether the pipe can write it, and what
/// it can honour of exactly-once: one sentence each. Changes nothing: a table that is yet to be
/// created is one of the sentences.
///
/// Errors: pipe.mapping when the pipe cannot write the table; clickhouse.* when there is no answer.
Result<std::vector<std::string>> check_table(const PipeDocument& document);

}  // namespace penstock
