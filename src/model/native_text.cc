#include "model/native_text.h"

#include <cstdint>
#include <utility>

#include "base/check.h"
#include "model/column/alias.h"
#include "model/native_cursor.h"
#include "model/scalar_text.h"

namespace penstock {
namespace {

using Texts = std::vector<std::string>;

Texts read_rows(const Type& type, NativeCursor& from, std::size_t rows);

Texts read_nullable(const Type& type, NativeCursor& from, std::size_t rows) {
  const std::string_view nulls = from.take(rows);
  Texts values = read_rows(type.arguments[0], from, rows);
  for (std::size_t row = 0; row < rows; ++row) {
    if (nulls[row] != 0) values[row] = "null";
  }
  return values;
}

std::vector<std::size_t> read_lengths(NativeCursor& from, std::size_t rows) {
  std::vector<std::size_t> lengths;
  std::size_t before = 0;
  for (std::size_t row = 0; row < rows; ++row) {
    const auto end = from.number<std::uint64_t>();
    lengths.push_back(end - before);
    before = end;
  }
  return lengths;
}

std::size_t sum(const std::vector<std::size_t>& lengths) {
  std::size_t total = 0;
  for (const std::size_t length : lengths) total += length;
  return total;
}

/// "open a, b close" of neighbouring texts.
std::string enclosed(char open, const Texts& texts, std::size_t first, std::size_t count,
                     char close) {
  std::string out(1, open);
  for (std::size_t index = 0; index < count; ++index) {
    if (index > 0) out += ", ";
    out += texts[first + index];
  }
  out += close;
  return out;
}

/// One text per row, of as many neighbouring elements as each row is long.
Texts folded(char open, const Texts& elements, const std::vector<std::size_t>& lengths,
             char close) {
  Texts out;
  std::size_t first = 0;
  for (const std::size_t length : lengths) {
    out.push_back(enclosed(open, elements, first, length, close));
    first += length;
  }
  return out;
}

Texts read_array(const Type& type, NativeCursor& from, std::size_t rows) {
  const auto lengths = read_lengths(from, rows);
  return folded('[', read_rows(type.arguments[0], from, sum(lengths)), lengths, ']');
}

Texts read_map(const Type& type, NativeCursor& from, std::size_t rows) {
  const auto lengths = read_lengths(from, rows);
  Texts entries = read_rows(type.arguments[0], from, sum(lengths));
  const Texts values = read_rows(type.arguments[1], from, sum(lengths));
  for (std::size_t index = 0; index < entries.size(); ++index) {
    std::string& key = entries[index];
    if (!key.starts_with('"')) key = json_string(key);
    key += ": ";
    key += values[index];
  }
  return folded('{', entries, lengths, '}');
}

Texts read_tuple(const Type& type, NativeCursor& from, std::size_t rows) {
  std::vector<Texts> elements;
  for (const Type& element : type.arguments) elements.push_back(read_rows(element, from, rows));
  const bool is_named = !type.names.empty();
  Texts out;
  for (std::size_t row = 0; row < rows; ++row) {
    Texts values;
    for (std::size_t index = 0; index < elements.size(); ++index) {
      std::string value = elements[index][row];
      if (is_named) value.insert(0, json_string(type.names[index]) + ": ");
      values.push_back(std::move(value));
    }
    out.push_back(enclosed(is_named ? '{' : '[', values, 0, values.size(), is_named ? '}' : ']'));
  }
  return out;
}

Texts read_low_cardinality(const Type& type, NativeCursor& from, std::size_t rows) {
  if (rows == 0) return {};
  const auto flags = from.number<std::uint64_t>();
  const bool nullable = type.arguments[0].is("Nullable");
  const Type& inner = nullable ? type.arguments[0].arguments[0] : type.arguments[0];
  const auto keys = from.number<std::uint64_t>();
  Texts dictionary = read_rows(inner, from, keys);
  if (nullable) dictionary.at(0) = "null";
  PENSTOCK_CHECK(from.number<std::uint64_t>() == rows, "LowCardinality has an index per row");
  Texts out;
  for (std::size_t row = 0; row < rows; ++row) {
    std::uint64_t index = 0;
    switch (flags & 0xFF) {
      case 0: index = from.number<std::uint8_t>(); break;
      case 1: index = from.number<std::uint16_t>(); break;
      case 2: index = from.number<std::uint32_t>(); break;
      default: index = from.number<std::uint64_t>();
    }
    out.push_back(dictionary.at(index));
  }
  return out;
}

/// Per row the number of the member it lies in; the last number stands for null.
Texts read_choice(const Type& type, NativeCursor& from, std::size_t rows, std::size_t null) {
  std::vector<std::size_t> picks;
  std::vector<std::size_t> counts(type.arguments.size(), 0);
  for (std::size_t row = 0; row < rows; ++row) {
    picks.push_back(from.number<std::uint8_t>());
    if (picks.back() != null) ++counts.at(picks.back());
  }
  std::vector<Texts> members;
  for (std::size_t member = 0; member < counts.size(); ++member) {
    members.push_back(read_rows(type.arguments[member], from, counts[member]));
  }
  std::vector<std::size_t> next(counts.size(), 0);
  Texts out;
  for (const std::size_t pick : picks) {
    out.push_back(pick == null ? "null" : members[pick][next[pick]++]);
  }
  return out;
}

/// Reads what stands before the rows. A Dynamic comes back with the types it holds.
Type read_prefix(Type type, NativeCursor& from) {
  if (type.is("LowCardinality")) {
    PENSTOCK_CHECK(from.number<std::uint64_t>() == 1, "LowCardinality is of version 1");
    return type;
  }
  if (type.is("JSON")) {
    PENSTOCK_CHECK(from.number<std::uint64_t>() == 1, "JSON travels as text");
    return type;
  }
  if (type.is("Variant")) {
    PENSTOCK_CHECK(from.number<std::uint64_t>() == 0, "Variant numbers every row");
  }
  if (type.is("Dynamic")) {
    PENSTOCK_CHECK(from.number<std::uint64_t>() == 3, "Dynamic is flattened");
    for (std::size_t left = from.varint(); left > 0; --left) {
      type.arguments.push_back(travelling_type(parse_type(from.take(from.varint())).value()));
    }
  }
  for (Type& inner : type.arguments) inner = read_prefix(std::move(inner), from);
  return type;
}

Texts read_rows(const Type& type, NativeCursor& from, std::size_t rows) {
  if (type.is("Nullable")) return read_nullable(type, from, rows);
  if (type.is("Array")) return read_array(type, from, rows);
  if (type.is("Map")) return read_map(type, from, rows);
  if (type.is("Tuple")) return read_tuple(type, from, rows);
  if (type.is("LowCardinality")) return read_low_cardinality(type, from, rows);
  if (type.is("Variant")) return read_choice(type, from, rows, 255);
  if (type.is("Dynamic")) return read_choice(type, from, rows, type.arguments.size());
  Texts out;
  for (std::size_t row = 0; row < rows; ++row) out.push_back(read_scalar_text(type, from));
  return out;
}

}  // namespace

std::vector<std::string> native_texts(const Type& type, const Column& column) {
  NativeOutput output;
  column.write_prefix(output);
  column.write_rows(output);
  std::string bytes;
  for (const Bytes piece : output.pieces()) bytes += as_text(piece);

  NativeCursor cursor(bytes);
  const Type read = read_prefix(travelling_type(type), cursor);
  Texts rows = read_rows(read, cursor, column.rows());
  PENSTOCK_CHECK(cursor.at_end(), "a column holds no more bytes than its rows need");
  return rows;
}

}  // namespace penstock
