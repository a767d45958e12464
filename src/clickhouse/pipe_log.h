#pragma once

#include <memory>
#include <string>

#include "model/block.h"

namespace penstock::clickhouse {

/// Where the slots of a log row are, in the order of the table.
struct LogColumn {
  enum Slot : std::size_t {
    timestamp,  // UTC
    pipe_id,
    pipe_name,
    host,
    level,    // info, warning, error
    event,    // what happened to the pipe: started, waiting, failed, …
    code,     // of base/error_catalog.h, "" when nothing went wrong
    message,  // what was tried and found
    remedy,   // what a person can do, "" when nothing
    details,  // numbers and names, as text
  };
};

/// penstock.pipe_log: what happened to pipes, beside the data they wrote.
std::shared_ptr<const BlockLayout> pipe_log_layout();

std::string create_pipe_log_database_statement();
/// CREATE TABLE IF NOT EXISTS; rows are kept for seven days.
std::string create_pipe_log_statement(const BlockLayout& layout);

}  // namespace penstock::clickhouse
