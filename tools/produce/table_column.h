#pragma once

#include <string_view>

namespace penstock::produce {

/// One column of the table that takes an event: its name and its type as ClickHouse spells it.
struct TableColumn {
  std::string_view name;
  std::string_view type;
};

}  // namespace penstock::produce
