#include "model/column/variant.h"

#include <algorithm>
#include <charconv>
#include <numeric>
#include <string>
#include <utility>

#include "model/column/exact_value.h"
#include "model/column/number.h"
#include "model/column/type_literal.h"

namespace penstock {
namespace {

// Numbers per row, not per run of rows.
constexpr std::uint64_t kBasicMode = 0;

template <class T>
bool read_whole(std::string_view digits, T& value) {
  const char* const end = digits.data() + digits.size();
  const auto [stop, problem] = std::from_chars(digits.data(), end, value);
  return problem == std::errc{} && stop == end;
}

/// Of two refusals the one that says more.
Fit worse(Fit left, Fit right) {
  const auto weight = [](Fit fit) {
    return fit == Fit::out_of_range ? 2 : fit == Fit::unreadable ? 1 : 0;
  };
  return weight(left) >= weight(right) ? left : right;
}

std::string_view refused_member(const Type& member) {
  for (const char* name : {"Nullable", "Variant", "Dynamic", "Nothing"}) {
    if (member.is(name)) return member.name;
  }
  const bool has_nulls = member.is("LowCardinality") && !member.arguments.empty() &&
                         member.arguments[0].is("Nullable");
  return has_nulls ? "LowCardinality(Nullable(…))" : "";
}

}  // namespace

VariantColumn::VariantColumn(std::vector<Type> types,
                             std::vector<std::unique_ptr<Column>> columns) {
  for (auto& column : columns) members_.add(std::move(column));
  for (std::size_t kind = 0; kind < kValueKinds; ++kind) {
    orders_[kind] = variant_order(types, static_cast<ValueKind>(kind));
  }
}

template <class IsExact, class Put>
Fit VariantColumn::offer(ValueKind kind, IsExact is_exact, Put put) {
  Fit refusal = Fit::wrong_type;
  for (const MemberTrial& trial : orders_[static_cast<std::size_t>(kind)]) {
    if (trial.exactly && !is_exact(trial)) continue;
    const Fit fit = put(members_.at(trial.member));
    if (fit == Fit::ok) {
      members_.note(trial.member);
      return fit;
    }
    refusal = worse(refusal, fit);
  }
  return refusal;
}

Fit VariantColumn::put_int(std::int64_t value) {
  return offer(
      ValueKind::integer, [value](const MemberTrial& trial) { return is_exact_in(trial, value); },
      [value](Column& into) { return into.put_int(value); });
}

Fit VariantColumn::put_uint(std::uint64_t value) {
  return offer(
      ValueKind::integer, [value](const MemberTrial& trial) { return is_exact_in(trial, value); },
      [value](Column& into) { return into.put_uint(value); });
}

Fit VariantColumn::put_real(double value) {
  return offer(
      ValueKind::real, [value](const MemberTrial& trial) { return is_exact_in(trial, value); },
      [value](Column& into) { return into.put_real(value); });
}

Fit VariantColumn::put_number(std::string_view digits) {
  std::int64_t whole = 0;
  std::uint64_t large = 0;
  if (read_whole(digits, whole)) return put_int(whole);
  if (read_whole(digits, large)) return put_uint(large);
  const auto put = [digits](Column& into) { return into.put_number(digits); };
  const bool is_integer = digits.find_first_not_of("+-0123456789") == std::string_view::npos;
  if (is_integer) {
    return offer(
        ValueKind::integer, [](const MemberTrial& /*trial*/) { return false; }, put);
  }
  double value = 0;
  if (const Fit fit = read_number(digits, value); fit == Fit::unreadable) return fit;
  return offer(
      ValueKind::real, [value](const MemberTrial& trial) { return is_exact_in(trial, value); },
      put);
}

Fit VariantColumn::put_bool(bool value) {
  return offer(
      ValueKind::boolean, [](const MemberTrial& /*trial*/) { return true; },
      [value](Column& into) { return into.put_bool(value); });
}

Fit VariantColumn::put_text(std::string_view value) {
  return offer(
      ValueKind::text, [value](const MemberTrial& trial) { return is_spelt_for(trial, value); },
      [value](Column& into) { return into.put_text(value); });
}

Fit VariantColumn::put_bytes(std::string_view value) {
  const Fit fit = offer(
      ValueKind::bytes, [](const MemberTrial& /*trial*/) { return true; },
      [value](Column& into) { return into.put_bytes(value); });
  return fit == Fit::ok ? fit : put_text(value);
}

Fit VariantColumn::put_json(std::string_view json) {
  return offer(
      ValueKind::json, [](const MemberTrial& /*trial*/) { return true; },
      [json](Column& into) { return into.put_json(json); });
}

Fit VariantColumn::put_time(std::int64_t count, TimeUnit unit) {
  const UtcTime moment = split_time(count, unit);
  return offer(
      ValueKind::moment, [moment](const MemberTrial& trial) { return is_exact_in(trial, moment); },
      [count, unit](Column& into) { return into.put_time(count, unit); });
}

Fit VariantColumn::put_day(std::int64_t days) {
  return offer(
      ValueKind::day, [](const MemberTrial& /*trial*/) { return true; },
      [days](Column& into) { return into.put_day(days); });
}

Fit VariantColumn::put_duration(std::int64_t count, TimeUnit unit) {
  return offer(
      ValueKind::duration, [](const MemberTrial& /*trial*/) { return true; },
      [count, unit](Column& into) { return into.put_duration(count, unit); });
}

int VariantColumn::member_after(int member, Shape container) const noexcept {
  for (auto next = static_cast<std::size_t>(member) + 1; next < members_.size(); ++next) {
    if (members_.at(next).shape() == container) return static_cast<int>(next);
  }
  return -1;
}

Fit VariantColumn::end() {
  std::size_t filled = members_.size();
  for (std::size_t member = 0; member < members_.size(); ++member) {
    const std::size_t noted = members_.rows_of(member);
    const std::size_t held = members_.at(member).rows();
    if (held == noted) continue;
    if (held != noted + 1 || filled != members_.size()) return Fit::wrong_type;
    filled = member;
  }
  if (filled == members_.size()) return Fit::wrong_type;
  members_.note(filled);
  return Fit::ok;
}

void VariantColumn::write_prefix(NativeOutput& out) const {
  out.number(kBasicMode);
  for (std::size_t member = 0; member < members_.size(); ++member) {
    members_.at(member).write_prefix(out);
  }
}

void VariantColumn::write_rows(NativeOutput& out) const {
  out.borrow(members_.picks().data(), members_.rows());
  for (std::size_t member = 0; member < members_.size(); ++member) {
    members_.at(member).write_rows(out);
  }
}

void VariantColumn::append(const Column& from, std::size_t first, std::size_t count) {
  std::array<std::uint8_t, ChosenMembers::kMost> same{};
  std::iota(same.begin(), same.end(), std::uint8_t{0});
  members_.append(static_cast<const VariantColumn&>(from).members_, same, first, count);
}

Result<std::unique_ptr<Column>> make_variant(const Type& type) {
  std::vector<Type> members = type.arguments;
  std::ranges::sort(members, {}, [](const Type& member) { return to_string(member); });
  members.erase(std::unique(members.begin(), members.end()), members.end());
  if (members.empty()) return unusable_type(type, "it has no members");
  if (members.size() > ChosenMembers::kMost) return unusable_type(type, "it has too many members");
  std::vector<std::unique_ptr<Column>> columns;
  for (const Type& member : members) {
    if (const std::string_view refused = refused_member(member); !refused.empty()) {
      return unusable_type(type, std::string(refused) + " cannot be its member");
    }
    PENSTOCK_TRY(column, make_column(member));
    columns.push_back(std::move(column));
  }
  return std::unique_ptr<Column>(
      std::make_unique<VariantColumn>(std::move(members), std::move(columns)));
}

}  // namespace penstock
