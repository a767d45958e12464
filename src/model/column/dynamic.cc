#include "model/column/dynamic.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "base/check.h"

namespace penstock {
namespace {

// The version of the layout that lists the types of the block.
constexpr std::uint64_t kFlattened = 3;

// Types of values and of arrays as they come; beyond that arrays become Array(Dynamic).
constexpr std::size_t kManyTypes = 200;

constexpr std::size_t kDecimal128Digits = 38;
constexpr std::size_t kDecimal256Digits = 76;

constexpr std::string_view kMomentTypes[] = {"DateTime", "DateTime64(3)", "DateTime64(6)",
                                             "DateTime64(9)"};
constexpr std::string_view kClockTypes[] = {"Time", "Time64(3)", "Time64(6)", "Time64(9)"};

template <class T>
bool read_whole(std::string_view digits, T& value) {
  const char* const end = digits.data() + digits.size();
  const auto [stop, problem] = std::from_chars(digits.data(), end, value);
  return problem == std::errc{} && stop == end;
}

}  // namespace

std::uint8_t DynamicColumn::member_of(std::string_view type) {
  const auto found = numbers_.find(type);
  if (found != numbers_.end()) return found->second;
  auto parsed = parse_type(type);
  PENSTOCK_CHECK(parsed.ok(), "a type made here can be read");
  auto column = make_column(parsed.value());
  PENSTOCK_CHECK(column.ok(), "a type made here can be written");
  const auto number = static_cast<std::uint8_t>(members_.size());
  members_.add(std::move(column).value());
  numbers_.emplace(type, number);
  return number;
}

Fit DynamicColumn::settle(std::uint8_t member, Fit fit) {
  if (fit == Fit::ok) {
    members_.note(member);
  } else {
    members_.at(member).truncate(members_.rows_of(member));
  }
  return fit;
}

template <class Put>
Fit DynamicColumn::keep(std::string_view type, Put put) {
  const std::uint8_t member = member_of(type);
  return settle(member, put(members_.at(member)));
}

Fit DynamicColumn::put_int(std::int64_t value) {
  return keep("Int64", [value](Column& into) { return into.put_int(value); });
}

Fit DynamicColumn::put_uint(std::uint64_t value) {
  if (std::in_range<std::int64_t>(value)) return put_int(static_cast<std::int64_t>(value));
  return keep("UInt64", [value](Column& into) { return into.put_uint(value); });
}

Fit DynamicColumn::put_real(double value) {
  return keep("Float64", [value](Column& into) { return into.put_real(value); });
}

Fit DynamicColumn::put_bool(bool value) {
  return keep("Bool", [value](Column& into) { return into.put_bool(value); });
}

Fit DynamicColumn::put_text(std::string_view value) {
  return keep(dynamic_type_of_text(value), [value](Column& into) { return into.put_text(value); });
}

Fit DynamicColumn::put_bytes(std::string_view value) {
  return keep("String", [value](Column& into) { return into.put_text(value); });
}

Fit DynamicColumn::put_number(std::string_view digits) {
  std::int64_t whole = 0;
  std::uint64_t large = 0;
  if (read_whole(digits, whole)) return put_int(whole);
  if (read_whole(digits, large)) return put_uint(large);
  const bool is_integer = digits.find_first_not_of("+-0123456789") == std::string_view::npos;
  return keep(is_integer ? "String" : "Float64",
              [digits](Column& into) { return into.put_number(digits); });
}

Fit DynamicColumn::put_decimal(std::int64_t unscaled, int scale) {
  return keep(fmt::format("Decimal({}, {})", kDecimal128Digits, scale),
              [=](Column& into) { return into.put_decimal(unscaled, scale); });
}

Fit DynamicColumn::put_decimal_text(std::string_view digits) {
  const std::size_t point = digits.find('.');
  const std::size_t scale = point == std::string_view::npos ? 0 : digits.size() - point - 1;
  const auto size = static_cast<std::size_t>(
      std::ranges::count_if(digits, [](char c) { return c >= '0' && c <= '9'; }));
  const auto put = [digits](Column& into) { return into.put_number(digits); };
  if (size > kDecimal256Digits) return keep("String", put);
  const std::size_t precision = size > kDecimal128Digits ? kDecimal256Digits : kDecimal128Digits;
  return keep(fmt::format("Decimal({}, {})", precision, scale), put);
}

Fit DynamicColumn::put_json(std::string_view json) {
  if (json.starts_with('[')) return put_array(json);
  return keep("JSON", [json](Column& into) { return into.put_json(json); });
}

Fit DynamicColumn::put_array(std::string_view json) {
  std::uint8_t member = ChosenMembers::kNone;
  const Fit fit = reader_.put_array(json, [&](const std::string& type) -> ColumnWriter& {
    const bool is_one_more = members_.size() >= kManyTypes && !numbers_.contains(type);
    member = member_of(is_one_more ? "Array(Dynamic)" : type);
    return members_.at(member);
  });
  return member == ChosenMembers::kNone ? fit : settle(member, fit);
}

Fit DynamicColumn::put_time(std::int64_t count, TimeUnit unit) {
  return keep(kMomentTypes[static_cast<std::size_t>(unit)],
              [count, unit](Column& into) { return into.put_time(count, unit); });
}

Fit DynamicColumn::put_day(std::int64_t days) {
  constexpr std::int64_t kLastDate = 65'535;
  return keep(days >= 0 && days <= kLastDate ? "Date" : "Date32",
              [days](Column& into) { return into.put_day(days); });
}

Fit DynamicColumn::put_duration(std::int64_t count, TimeUnit unit) {
  return keep(kClockTypes[static_cast<std::size_t>(unit)],
              [count, unit](Column& into) { return into.put_duration(count, unit); });
}

void DynamicColumn::write_prefix(NativeOutput& out) const {
  out.number(kFlattened);
  std::size_t used = 0;
  for (const auto& [type, member] : numbers_) used += members_.rows_of(member) > 0 ? 1 : 0;
  out.varint(used);
  for (const auto& [type, member] : numbers_) {
    if (members_.rows_of(member) > 0) out.text(type);
  }
  for (const auto& [type, member] : numbers_) {
    if (members_.rows_of(member) > 0) members_.at(member).write_prefix(out);
  }
}

void DynamicColumn::write_rows(NativeOutput& out) const {
  // Types are numbered in the order of their names; what comes after the last is null.
  std::array<char, 256> numbers{};
  std::uint8_t used = 0;
  for (const auto& [type, member] : numbers_) {
    if (members_.rows_of(member) > 0) numbers[member] = static_cast<char>(used++);
  }
  numbers[ChosenMembers::kNone] = static_cast<char>(used);
  std::string picks;
  picks.reserve(members_.rows());
  for (const std::uint8_t pick : members_.picks()) picks += numbers[pick];
  out.copy(picks.data(), picks.size());
  for (const auto& [type, member] : numbers_) {
    if (members_.rows_of(member) > 0) members_.at(member).write_rows(out);
  }
}

void DynamicColumn::append(const Column& from, std::size_t first, std::size_t count) {
  const auto& other = static_cast<const DynamicColumn&>(from);
  std::array<std::uint8_t, ChosenMembers::kMost> ours{};
  for (const auto& [type, member] : other.numbers_) ours[member] = member_of(type);
  members_.append(other.members_, ours, first, count);
}

Result<std::unique_ptr<Column>> make_dynamic(const Type& /*type*/) {
  return std::unique_ptr<Column>(std::make_unique<DynamicColumn>());
}

}  // namespace penstock
