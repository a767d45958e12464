#include "engine/table_maker.h"

namespace penstock {

Result<Receipt> TableMaker::deliver(const Sealed<Block>& sealed) {
  PENSTOCK_OK(make(sealed.payload.layout().table));
  return inner_->deliver(sealed);
}

void TableMaker::abandon() {
  client_->abandon();
  inner_->abandon();
}

Status TableMaker::make(const std::string& table) {
  const std::lock_guard lock(mutex_);
  const auto found = to_make_.find(table);
  if (found == to_make_.end()) return done();
  for (const std::string& statement : found->second) {
    PENSTOCK_OK(clickhouse::execute(*client_, "CREATE TABLE " + table, statement));
  }
  to_make_.erase(found);
  return done();
}

}  // namespace penstock
