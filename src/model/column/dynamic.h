#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "model/column.h"
#include "model/column/chosen_members.h"
#include "model/column/json_reader.h"

namespace penstock {

/// Dynamic: every value with its type. A block carries the types that occur in it, per
/// row the number of one, and the values by type ("flattened"); the server keeps as
/// many types apart as max_types says and loses none of the values.
///
/// Numbers become Int64, UInt64 above that, Float64; other integers String. Texts are
/// String, or Date, DateTime, DateTime64(9) where dynamic_type_of_text() says so. Arrays
/// come as JSON and become Array of what their elements have in common, objects JSON.
/// Moments and days of a format that knows them become the types of that unit, its decimals
/// Decimal(38, scale), Decimal(76, scale) above that, String above that.
class DynamicColumn final : public Column {
 public:
  Fit put_int(std::int64_t value) override;
  Fit put_uint(std::uint64_t value) override;
  Fit put_real(double value) override;
  Fit put_bool(bool value) override;
  Fit put_text(std::string_view value) override;
  Fit put_bytes(std::string_view value) override;
  Fit put_json(std::string_view json) override;
  Fit put_number(std::string_view digits) override;
  Fit put_decimal(std::int64_t unscaled, int scale) override;
  Fit put_decimal_text(std::string_view digits) override;
  Fit put_time(std::int64_t count, TimeUnit unit) override;
  Fit put_day(std::int64_t days) override;
  Fit put_duration(std::int64_t count, TimeUnit unit) override;
  void put_default() override { members_.note_null(); }
  bool wants_digits() const noexcept override { return true; }

  std::size_t rows() const noexcept override { return members_.rows(); }
  std::size_t bytes() const noexcept override { return members_.bytes(); }
  void truncate(std::size_t rows) override { members_.truncate(rows); }
  void write_prefix(NativeOutput& out) const override;
  void write_rows(NativeOutput& out) const override;
  void append(const Column& from, std::size_t first, std::size_t count) override;

 private:
  /// Number of the member of this type, a new one if need be.
  std::uint8_t member_of(std::string_view type);
  /// Puts a value with `put` into the member of this type.
  template <class Put>
  Fit keep(std::string_view type, Put put);
  Fit put_array(std::string_view json);
  Fit settle(std::uint8_t member, Fit fit);

  ChosenMembers members_;
  std::map<std::string, std::uint8_t, std::less<>> numbers_;  // of members by type
  JsonReader reader_;
};

Result<std::unique_ptr<Column>> make_dynamic(const Type& type);

}  // namespace penstock
