#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "model/column.h"

namespace penstock {

/// A column by its type's spelling; fails the test when there is none.
inline std::unique_ptr<Column> column_of(std::string_view spelling) {
  auto type = parse_type(spelling);
  if (!type.ok()) throw std::runtime_error(type.error().message);
  auto column = make_column(type.value());
  if (!column.ok()) throw std::runtime_error(column.error().message);
  return std::move(column).value();
}

/// Everything the column sends, prefix and rows, as lower-case hex.
inline std::string native_hex(const Column& column) {
  NativeOutput out;
  column.write_prefix(out);
  column.write_rows(out);
  std::string hex;
  for (const Bytes piece : out.pieces()) {
    for (const std::byte byte : piece) {
      constexpr char kDigits[] = "0123456789abcdef";
      hex += kDigits[std::to_integer<int>(byte) >> 4];
      hex += kDigits[std::to_integer<int>(byte) & 15];
    }
  }
  return hex;
}

/// Puts rows into pieces and together again: what truncate() and append() must
/// leave as it was. `column` holds at least two rows.
inline void expect_slices_add_up(std::string_view spelling, Column& column) {
  const std::string all = native_hex(column);
  const std::size_t rows = column.rows();
  const auto joined = column_of(spelling);
  joined->append(column, 0, 1);
  joined->append(column, 1, rows - 1);
  EXPECT_EQ(native_hex(*joined), all);
  EXPECT_EQ(joined->rows(), rows);

  joined->truncate(1);
  const auto first = column_of(spelling);
  first->append(column, 0, 1);
  EXPECT_EQ(native_hex(*joined), native_hex(*first));
  joined->append(column, 1, rows - 1);
  EXPECT_EQ(native_hex(*joined), all);
  joined->truncate(rows);
  EXPECT_EQ(joined->rows(), rows);
  joined->clear();
  EXPECT_EQ(joined->rows(), 0u);
  EXPECT_EQ(joined->bytes(), 0u);
  EXPECT_EQ(native_hex(*joined), "");
}

}  // namespace penstock
