#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "model/block.h"

namespace penstock::clickhouse {

/// How one slot of a block travels, so that the server evaluates the column's
/// DEFAULT in the rows that brought no value.
enum class Travel : std::uint8_t {
  as_is,
  left_out,       // no row has a value
  nullable,       // as Nullable(T), null where missing
  with_presence,  // beside a UInt8 column that is 1 where missing
};

/// The INSERT for one block and the shape of the Native block it expects.
struct InsertPlan {
  std::string statement;
  std::vector<Travel> travels;  // one per slot

  std::size_t columns() const;
};

/// INSERT INTO t (columns) FORMAT Native, with every slot as_is, left_out or nullable
/// if that says it all: ClickHouse reads null into a column that is not Nullable as "missing".
/// Else INSERT INTO t (columns) SELECT … FROM input('…') FORMAT Native.
///
/// There, a DEFAULT may use other columns of the block, whole or defaulted, but
/// none that the block lacks.
InsertPlan plan_insert(const Block& block);

/// Names in the Native block of the value and the presence of slot `slot`.
std::string value_name(const Block& block, std::size_t slot, Travel travel);
std::string presence_name(std::size_t slot);

}  // namespace penstock::clickhouse
