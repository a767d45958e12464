#pragma once

#include <string>
#include <utility>
#include <vector>

#include "model/block.h"

namespace penstock::clickhouse {

/// A column of a test table; `expression` is its DEFAULT, if any.
struct TestColumn {
  std::string name;
  std::string type;
  std::string expression;
};

/// An empty block for `d`.`t` with these columns.
inline Block make_block(const std::vector<TestColumn>& columns) {
  BlockLayout layout{.database = "d", .table = "t"};
  for (const TestColumn& column : columns) {
    layout.columns.push_back(
        {.name = column.name,
         .type = parse_type(column.type).value(),
         .default_kind = column.expression.empty() ? DefaultKind::none : DefaultKind::expression,
         .default_expression = column.expression});
  }
  return Block::make(std::make_shared<const BlockLayout>(std::move(layout))).value();
}

/// Adds a row of unsigned numbers; -1 stands for "no value came".
inline void add_row(Block& block, const std::vector<int>& values) {
  for (std::size_t slot = 0; slot < values.size(); ++slot) {
    if (values[slot] < 0) {
      block.put_missing(slot);
    } else {
      block.writer(slot).put_uint(static_cast<std::uint64_t>(values[slot]));
    }
  }
  block.end_row({});
}

}  // namespace penstock::clickhouse
