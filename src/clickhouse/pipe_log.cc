#include "clickhouse/pipe_log.h"

#include <array>

#include "clickhouse/create_table.h"
#include "clickhouse/sql_text.h"

namespace penstock::clickhouse {
namespace {

constexpr std::string_view kDatabase = "penstock";

constexpr std::array kColumns = {
    OwnColumn{"timestamp", "DateTime64(3, 'UTC')"},
    OwnColumn{"pipe_id", "String"},
    OwnColumn{"pipe_name", "LowCardinality(String)"},
    OwnColumn{"host", "LowCardinality(String)"},
    OwnColumn{"level", "LowCardinality(String)"},
    OwnColumn{"event", "LowCardinality(String)"},
    OwnColumn{"code", "LowCardinality(String)"},
    OwnColumn{"message", "String"},
    OwnColumn{"remedy", "String"},
    OwnColumn{"details", "Map(String, String)"},
};
static_assert(kColumns[LogColumn::event].name == "event");
static_assert(kColumns.size() == LogColumn::details + 1);

}  // namespace

std::shared_ptr<const BlockLayout> pipe_log_layout() {
  return std::make_shared<const BlockLayout>(
      own_layout(std::string(kDatabase), "pipe_log", kColumns));
}

std::string create_pipe_log_database_statement() {
  return "CREATE DATABASE IF NOT EXISTS " + quote_name(kDatabase);
}

std::string create_pipe_log_statement(const BlockLayout& layout) {
  return create_own_table_statement(layout, kColumns[LogColumn::timestamp].name);
}

}  // namespace penstock::clickhouse
