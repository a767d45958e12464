#pragma once

#include <array>
#include <memory>
#include <vector>

#include "model/column.h"
#include "model/column/chosen_members.h"
#include "model/column/variant_order.h"

namespace penstock {

/// Variant(A, B, …): per row the number of the member it lies in, 255 for null, then the
/// members' rows. Members are numbered in the order of their spelling, as in ClickHouse.
///
/// A scalar goes to the first member that takes it in the order of variant_order(); a
/// list, map or record to the child that member_for() names, then end().
class VariantColumn final : public Column {
 public:
  /// `types` and `columns`: the members, sorted by their spelling. At least one.
  VariantColumn(std::vector<Type> types, std::vector<std::unique_ptr<Column>> columns);

  Fit put_int(std::int64_t value) override;
  Fit put_uint(std::uint64_t value) override;
  Fit put_real(double value) override;
  Fit put_bool(bool value) override;
  Fit put_text(std::string_view value) override;
  Fit put_bytes(std::string_view value) override;
  Fit put_json(std::string_view json) override;
  Fit put_number(std::string_view digits) override;
  Fit put_time(std::int64_t count, TimeUnit unit) override;
  Fit put_day(std::int64_t days) override;
  Fit put_duration(std::int64_t count, TimeUnit unit) override;
  void put_default() override { members_.note_null(); }
  bool wants_digits() const noexcept override { return true; }

  Shape shape() const noexcept override { return Shape::choice; }
  std::size_t children() const noexcept override { return members_.size(); }
  ColumnWriter& child(std::size_t index) override { return members_.at(index); }
  int member_after(int member, Shape container) const noexcept override;
  /// Completes the row whose container lies in a child.
  Fit end() override;

  std::size_t rows() const noexcept override { return members_.rows(); }
  std::size_t bytes() const noexcept override { return members_.bytes(); }
  void truncate(std::size_t rows) override { members_.truncate(rows); }
  void write_prefix(NativeOutput& out) const override;
  void write_rows(NativeOutput& out) const override;
  void append(const Column& from, std::size_t first, std::size_t count) override;

 private:
  /// Puts a value with `put` into the first member that takes it, leaving out those that
  /// should hold it exactly and do not.
  template <class IsExact, class Put>
  Fit offer(ValueKind kind, IsExact is_exact, Put put);

  ChosenMembers members_;
  std::array<std::vector<MemberTrial>, kValueKinds> orders_;
};

/// Errors: pipe.mapping also for members that ClickHouse does not allow.
Result<std::unique_ptr<Column>> make_variant(const Type& type);

}  // namespace penstock
