#include "engine/table_watch.h"

#include <utility>

#include "clickhouse/described_table.h"

namespace penstock {

TableWatch::TableWatch(Table table, Mapping mapping, Doors doors)
    : doors_(std::move(doors)), table_(std::move(table)), mapping_(std::move(mapping)) {}

Result<std::vector<std::string>> TableWatch::look() {
  auto found = doors_.read_table();
  if (!found.ok() || found.value().columns == table_.columns) return std::vector<std::string>{};
  PENSTOCK_TRY(mapping, doors_.map(found.value()));
  std::vector<std::string> changes = clickhouse::column_changes(table_, found.value());
  table_ = std::move(found).value();
  const std::lock_guard lock(mutex_);
  if (mapping.layout->columns == mapping_.layout->columns) return std::vector<std::string>{};
  mapping_ = std::move(mapping);
  number_.fetch_add(1, std::memory_order_release);
  return changes;
}

TableWatch::Version TableWatch::version() const {
  const std::lock_guard lock(mutex_);
  return {number(), mapping_};
}

}  // namespace penstock
