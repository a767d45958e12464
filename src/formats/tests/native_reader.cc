#include "formats/tests/native_reader.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <chrono>
#include <cstdint>
#include <cstring>
#include <stdexcept>

#include "formats/record_decoder.h"
#include "model/column/wide_integer.h"
#include "model/native_output.h"

namespace penstock {
namespace {

using Rows = std::vector<std::string>;

/// Walks the bytes of one column; a template argument is the width read.
class Cursor {
 public:
  explicit Cursor(std::string_view bytes) : rest_(bytes) {}

  std::string_view take(std::size_t count) {
    if (rest_.size() < count) throw std::runtime_error("the column ends too early");
    const std::string_view taken = rest_.substr(0, count);
    rest_.remove_prefix(count);
    return taken;
  }
  template <class T>
  T number() {
    T value;
    std::memcpy(&value, take(sizeof(T)).data(), sizeof(T));
    return value;
  }
  std::size_t varint() {
    std::size_t value = 0;
    for (unsigned shift = 0;; shift += 7) {
      const auto byte = number<std::uint8_t>();
      value |= std::size_t{byte & 0x7Fu} << shift;
      if (byte < 0x80) return value;
    }
  }
  std::size_t left() const { return rest_.size(); }

 private:
  std::string_view rest_;
};

Rows read_rows(const Type& type, Cursor& from, std::size_t rows);

std::string quoted(std::string_view text) { return "'" + printable(text) + "'"; }

std::string with_point(Int128 value, std::size_t scale) {
  std::string digits;
  const bool negative = value < 0;
  for (; value != 0; value /= 10) {
    const int digit = static_cast<int>(value % 10);
    digits.insert(digits.begin(), static_cast<char>('0' + (digit < 0 ? -digit : digit)));
  }
  if (digits.size() <= scale) digits.insert(0, scale + 1 - digits.size(), '0');
  if (scale > 0) digits.insert(digits.size() - scale, 1, '.');
  return (negative ? "-" : "") + digits;
}

std::string date_text(std::int64_t days) {
  const std::chrono::sys_days day{std::chrono::days(days)};
  const std::chrono::year_month_day date{day};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

/// In UTC, whatever the column's time zone: that is what travels.
std::string moment_text(std::int64_t ticks, std::size_t scale) {
  std::int64_t per_second = 1;
  for (std::size_t digit = 0; digit < scale; ++digit) per_second *= 10;
  std::int64_t seconds = ticks / per_second;
  std::int64_t fraction = ticks % per_second;
  if (fraction < 0) {
    fraction += per_second;
    --seconds;
  }
  const std::int64_t days = seconds >= 0 ? seconds / 86'400 : -((86'399 - seconds) / 86'400);
  const std::int64_t clock = seconds - days * 86'400;
  std::string text = fmt::format("{} {:02}:{:02}:{:02}", date_text(days), clock / 3600,
                                 clock / 60 % 60, clock % 60);
  if (scale > 0) text += fmt::format(".{:0{}}", fraction, scale);
  return text;
}

std::string ipv6_text(std::string_view bytes) {
  std::string text;
  for (std::size_t at = 0; at < 16; at += 2) {
    const unsigned group =
        static_cast<unsigned char>(bytes[at]) * 256u + static_cast<unsigned char>(bytes[at + 1]);
    text += fmt::format("{}{:x}", at == 0 ? "" : ":", group);
  }
  return text;
}

std::string enum_text(const Type& type, int value) {
  for (const std::string& entry : type.literals) {  // 'name' = 1
    const std::size_t equals = entry.rfind('=');
    if (std::stoi(entry.substr(equals + 1)) == value) {
      return entry.substr(0, entry.find_last_not_of(' ', equals - 1) + 1);
    }
  }
  throw std::runtime_error("the enum has no such value");
}

Int128 decimal_of(Cursor& from, std::size_t precision) {
  if (precision <= 9) return from.number<std::int32_t>();
  if (precision <= 18) return from.number<std::int64_t>();
  return from.number<Int128>();
}

std::string read_scalar(const Type& type, Cursor& from) {
  const std::string& name = type.name;
  const auto literal = [&](std::size_t index) {
    return index < type.literals.size() ? std::stoul(type.literals[index]) : 0;
  };
  if (name == "Int8") return fmt::to_string(int{from.number<std::int8_t>()});
  if (name == "Int16") return fmt::to_string(from.number<std::int16_t>());
  if (name == "Int32") return fmt::to_string(from.number<std::int32_t>());
  if (name == "Int64") return fmt::to_string(from.number<std::int64_t>());
  if (name == "UInt8") return fmt::to_string(unsigned{from.number<std::uint8_t>()});
  if (name == "UInt16") return fmt::to_string(from.number<std::uint16_t>());
  if (name == "UInt32") return fmt::to_string(from.number<std::uint32_t>());
  if (name == "UInt64") return fmt::to_string(from.number<std::uint64_t>());
  if (name == "Float32") return fmt::format("{}", from.number<float>());
  if (name == "Float64") return fmt::format("{}", from.number<double>());
  if (name == "Bool") return from.number<std::uint8_t>() != 0 ? "true" : "false";
  if (name == "String") return quoted(from.take(from.varint()));
  if (name == "FixedString") return quoted(from.take(literal(0)));
  if (name == "Date") return date_text(from.number<std::uint16_t>());
  if (name == "Date32") return date_text(from.number<std::int32_t>());
  if (name == "DateTime") return moment_text(from.number<std::uint32_t>(), 0);
  if (name == "DateTime64") return moment_text(from.number<std::int64_t>(), literal(0));
  if (name == "Enum8") return enum_text(type, from.number<std::int8_t>());
  if (name == "Enum16") return enum_text(type, from.number<std::int16_t>());
  if (name == "IPv6") return ipv6_text(from.take(16));
  if (name == "IPv4") {
    const auto ip = from.number<std::uint32_t>();
    return fmt::format("{}.{}.{}.{}", ip >> 24, ip >> 16 & 255, ip >> 8 & 255, ip & 255);
  }
  if (name == "UUID") {
    const auto high = from.number<std::uint64_t>();
    const auto low = from.number<std::uint64_t>();
    return fmt::format("{:08x}-{:04x}-{:04x}-{:04x}-{:012x}", high >> 32, high >> 16 & 0xFFFF,
                       high & 0xFFFF, low >> 48, low & 0xFFFFFFFFFFFF);
  }
  if (name == "Decimal") return with_point(decimal_of(from, literal(0)), literal(1));
  if (name == "Decimal32") return with_point(decimal_of(from, 9), literal(0));
  if (name == "Decimal64") return with_point(decimal_of(from, 18), literal(0));
  if (name == "Decimal128") return with_point(decimal_of(from, 38), literal(0));
  throw std::runtime_error("the test's reader does not know " + to_string(type));
}

Rows read_nullable(const Type& type, Cursor& from, std::size_t rows) {
  const std::string_view nulls = from.take(rows);
  Rows values = read_rows(type.arguments[0], from, rows);
  for (std::size_t row = 0; row < rows; ++row) {
    if (nulls[row] != 0) values[row] = "NULL";
  }
  return values;
}

std::vector<std::size_t> read_lengths(Cursor& from, std::size_t rows) {
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

std::string joined(const Rows& values, std::size_t first, std::size_t count) {
  std::string text;
  for (std::size_t index = 0; index < count; ++index) {
    text += (index == 0 ? "" : ", ") + values[first + index];
  }
  return text;
}

Rows read_array(const Type& type, Cursor& from, std::size_t rows) {
  const auto lengths = read_lengths(from, rows);
  const Rows elements = read_rows(type.arguments[0], from, sum(lengths));
  Rows out;
  std::size_t first = 0;
  for (const std::size_t length : lengths) {
    out.push_back("[" + joined(elements, first, length) + "]");
    first += length;
  }
  return out;
}

Rows read_map(const Type& type, Cursor& from, std::size_t rows) {
  const auto lengths = read_lengths(from, rows);
  Rows entries = read_rows(type.arguments[0], from, sum(lengths));
  const Rows values = read_rows(type.arguments[1], from, sum(lengths));
  for (std::size_t index = 0; index < entries.size(); ++index) {
    entries[index] += ": " + values[index];
  }
  Rows out;
  std::size_t first = 0;
  for (const std::size_t length : lengths) {
    out.push_back("{" + joined(entries, first, length) + "}");
    first += length;
  }
  return out;
}

Rows read_tuple(const Type& type, Cursor& from, std::size_t rows) {
  std::vector<Rows> elements;
  for (const Type& element : type.arguments) elements.push_back(read_rows(element, from, rows));
  Rows out;
  for (std::size_t row = 0; row < rows; ++row) {
    Rows values;
    for (const Rows& element : elements) values.push_back(element[row]);
    out.push_back("(" + joined(values, 0, values.size()) + ")");
  }
  return out;
}

Rows read_low_cardinality(const Type& type, Cursor& from, std::size_t rows) {
  if (rows == 0) return {};
  const auto flags = from.number<std::uint64_t>();
  const bool nullable = type.arguments[0].is("Nullable");
  const Type& inner = nullable ? type.arguments[0].arguments[0] : type.arguments[0];
  const auto keys = from.number<std::uint64_t>();
  Rows dictionary = read_rows(inner, from, keys);
  if (nullable) dictionary.at(0) = "NULL";
  if (from.number<std::uint64_t>() != rows) throw std::runtime_error("rows of LowCardinality");
  Rows out;
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

void read_prefix(const Type& type, Cursor& from) {
  if (type.is("LowCardinality")) {
    if (from.number<std::uint64_t>() != 1) throw std::runtime_error("version of LowCardinality");
    return;
  }
  for (const Type& inner : type.arguments) read_prefix(inner, from);
}

Rows read_rows(const Type& type, Cursor& from, std::size_t rows) {
  if (type.is("Nullable")) return read_nullable(type, from, rows);
  if (type.is("Array")) return read_array(type, from, rows);
  if (type.is("Map")) return read_map(type, from, rows);
  if (type.is("Tuple")) return read_tuple(type, from, rows);
  if (type.is("LowCardinality")) return read_low_cardinality(type, from, rows);
  Rows out;
  for (std::size_t row = 0; row < rows; ++row) out.push_back(read_scalar(type, from));
  return out;
}

}  // namespace

std::vector<std::string> read_back(const Type& type, const Column& column) {
  NativeOutput output;
  column.write_prefix(output);
  column.write_rows(output);
  std::string bytes;
  for (const Bytes piece : output.pieces()) bytes += as_text(piece);

  Cursor cursor(bytes);
  read_prefix(type, cursor);
  Rows rows = read_rows(type, cursor, column.rows());
  if (cursor.left() > 0) throw std::runtime_error("bytes are left over in " + to_string(type));
  for (std::string& row : rows) {
    const bool is_text = row.size() >= 2 && row.front() == '\'' && row.back() == '\'';
    if (is_text) row = row.substr(1, row.size() - 2);
  }
  return rows;
}

std::string printable(std::string_view text) { return quote_value(text); }

}  // namespace penstock
