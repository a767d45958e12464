#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "produce/table_column.h"

namespace penstock::produce {

/// One order of chilled goods: texts, a nested tuple, a map, and 30 measurements on the way.
struct Order {
  std::string key;   // the customer
  std::string json;  // one line of about 1,500 bytes, keys always in the same order
};

/// How much an order says.
struct OrderSize {
  int sentences = 5;
  int readings = 30;
};
/// About 2,450 bytes of JSON, 1,500 of Avro.
inline constexpr OrderSize kLongOrder{.sentences = 10, .readings = 64};

/// The order with this number: the same for the same seed on every machine.
Order make_order(std::uint64_t seed, std::uint64_t id, OrderSize size = {});

/// The columns of the table that takes orders; each is filled by the field of its name.
std::span<const TableColumn> order_columns();

}  // namespace penstock::produce
