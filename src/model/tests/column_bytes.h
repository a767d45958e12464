#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

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

/// Offers one value that must be refused with `fit` and must leave no trace.
template <class Put>
void expect_refused(Column& column, Fit fit, Put put) {
  const std::string before = native_hex(column);
  const std::size_t rows = column.rows();
  EXPECT_EQ(static_cast<int>(put(column)), static_cast<int>(fit));
  EXPECT_EQ(column.rows(), rows);
  EXPECT_EQ(native_hex(column), before);
}

inline void expect_text_refused(Column& column, Fit fit, std::string_view text) {
  SCOPED_TRACE("text \"" + std::string(text) + '"');
  expect_refused(column, fit, [text](Column& into) { return into.put_text(text); });
}

inline void expect_number_refused(Column& column, Fit fit, std::string_view digits) {
  SCOPED_TRACE("number " + std::string(digits));
  expect_refused(column, fit, [digits](Column& into) { return into.put_number(digits); });
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
  EXPECT_EQ(native_hex(*joined), native_hex(*column_of(spelling)));
}

}  // namespace penstock
