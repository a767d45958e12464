#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace penstock {

/// A column's answer to one offered value.
enum class Fit : std::uint8_t { ok, wrong_type, out_of_range, unreadable };

/// The stable error code of a refusal ("decode.out_of_range"). Not for Fit::ok.
std::string_view refusal_code(Fit fit);

/// What one step of a count since 1970 is.
enum class TimeUnit : std::uint8_t { seconds, milliseconds, microseconds, nanoseconds };

/// What a column expects: one value, or a container whose parts go to child().
enum class Shape : std::uint8_t {
  scalar,
  list,    // Array: child(0) takes the elements
  map,     // Map: child(0) takes the keys, child(1) the values
  record,  // Tuple, Nested: one child per element, found by name
  choice,  // Variant: scalars as they are, containers into a child that member_for() names
};

/// The one door through which decoded values enter a column. Formats speak in
/// the few kinds a wire format has; each column type decides what it accepts.
/// N formats and M types cost N + M classes, not N * M.
///
/// A row of a container is written by putting its parts into the children and
/// then calling end(). A refused value leaves a scalar column as it was; what a
/// half-written container left in its children is undone by truncate().
///
/// Threads: one lane. Errors: reported as Fit, never thrown.
class ColumnWriter {
 public:
  virtual ~ColumnWriter() = default;

  virtual Fit put_int(std::int64_t value) = 0;
  virtual Fit put_uint(std::uint64_t value) = 0;
  virtual Fit put_real(double value) = 0;
  virtual Fit put_bool(bool value) = 0;
  /// UTF-8 text, or any bytes where the format has bytes.
  virtual Fit put_text(std::string_view value) = 0;
  /// Bytes of a format that tells them from text (Avro bytes and fixed, Protobuf bytes).
  /// A type with a binary form (UUID, IPv6) takes that form; others take them as text.
  virtual Fit put_bytes(std::string_view value) { return put_text(value); }
  /// An object or array, as JSON. For columns that keep it as text or as JSON.
  virtual Fit put_json(std::string_view json) = 0;
  /// A number as it stood in the text, for columns that must not lose a digit
  /// (Decimal, String, integers above 64 bits). Others read it themselves.
  virtual Fit put_number(std::string_view digits) = 0;
  /// The exact number unscaled x 10^-scale, answered as put_number() of its plain
  /// spelling would be: 150 and 2 are "1.50". `scale`: 0 to kMostScale. A zero below
  /// zero, which a text can spell, must come as put_number().
  virtual Fit put_decimal(std::int64_t unscaled, int scale) {
    return scale == 0 ? put_int(unscaled) : put_spelt(unscaled, scale);
  }
  static constexpr int kMostScale = 38;
  /// The same for a number of any size: its digits in full, with a point where its type has a
  /// scale. What chooses types (Dynamic) keeps both as Decimal, whatever put_number() does.
  virtual Fit put_decimal_text(std::string_view digits) { return put_number(digits); }
  /// A moment counted since 1970 UTC, from where the unit is known (Kafka's
  /// timestamp, logical types). Columns that know no time take the plain count.
  virtual Fit put_time(std::int64_t count, TimeUnit /*unit*/) { return put_int(count); }
  /// A day, counted from 1970-01-01. Columns that know no days take the plain count.
  virtual Fit put_day(std::int64_t days) { return put_int(days); }
  /// A time of day or a length of time. Columns that know none take the plain count.
  virtual Fit put_duration(std::int64_t count, TimeUnit /*unit*/) { return put_int(count); }
  /// Null in the source. A column that is not Nullable takes its zero value, as
  /// ClickHouse does with input_format_null_as_default.
  virtual Fit put_null() = 0;
  /// The type's zero value; null for Nullable.
  virtual void put_default() = 0;

  /// True when numbers should come as put_number(), not as binary.
  virtual bool wants_digits() const noexcept { return false; }

  virtual Shape shape() const noexcept { return Shape::scalar; }
  virtual std::size_t children() const noexcept { return 0; }
  virtual ColumnWriter& child(std::size_t index);
  /// Index of the record element called `name`, or -1.
  virtual int child_index(std::string_view name) const noexcept;
  /// Shape::choice: the first child that takes a list, map or record, or -1. Fill it as
  /// any other, end() included, then call end() here. Where it refuses the value, undo it
  /// by child(m).truncate(its rows before) and try member_after(m, container). When no
  /// child is left, offer put_json(): a JSON or String member takes that.
  int member_for(Shape container) const noexcept { return member_after(-1, container); }
  virtual int member_after(int /*member*/, Shape /*container*/) const noexcept { return -1; }
  /// Closes one container value. Refuses a record whose elements are not all there.
  virtual Fit end() { return Fit::wrong_type; }

  virtual std::size_t rows() const noexcept = 0;

  /// Forgets every row from `rows` on, also inside half-written containers.
  virtual void truncate(std::size_t rows) = 0;

 protected:
  /// put_decimal() by way of put_number().
  Fit put_spelt(std::int64_t unscaled, int scale);
};

}  // namespace penstock
