#pragma once

#include <cstddef>
#include <stop_token>
#include <string>
#include <vector>

#include "base/result.h"
#include "engine/pipe_document.h"
#include "model/block.h"

namespace penstock {

/// A record that would go to the error table.
struct SampleReject {
  std::string topic;
  std::int32_t partition = 0;
  std::int64_t offset = 0;
  std::string detail;
};

struct Sample {
  Block rows;
  std::vector<SampleReject> rejects;
};

/// Decodes the first `rows` records a new pipe would read, as the pipe would. Joins no
/// group, commits nothing, creates no table: a managed table's columns are those
/// of the document, any other table's are asked of ClickHouse.
///
/// Returns fewer rows when the topics hold fewer. Errors: those of the parts.
Result<Sample> take_sample(const PipeDocument& document, std::size_t rows,
                           const std::stop_token& stop);

}  // namespace penstock
