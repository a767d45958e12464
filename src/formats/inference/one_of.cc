#include "formats/inference/one_of.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "formats/inference/plain_type.h"

namespace penstock {
namespace {

/// An integer's width in bits, below zero where it is signed.
struct NumberType {
  std::string_view name;
  int bits;
  bool is_signed;
  bool is_real = false;
};
constexpr NumberType kNumbers[] = {
    {"Int32", 32, true},         {"UInt32", 32, false}, {"Int64", 64, true},
    {"UInt64", 64, false},       {"Int128", 128, true}, {"Float32", 24, true, true},
    {"Float64", 53, true, true},
};

const NumberType* number(const Type& type) {
  const auto* const found = std::ranges::find(kNumbers, type.name, &NumberType::name);
  return found == std::end(kNumbers) ? nullptr : found;
}

/// The narrowest integer that holds both.
Type wider_integer(const NumberType& left, const NumberType& right) {
  if (left.is_signed == right.is_signed) return plain((left.bits > right.bits ? left : right).name);
  const NumberType& unsigned_one = left.is_signed ? right : left;
  const NumberType& signed_one = left.is_signed ? left : right;
  const int bits = std::max(2 * unsigned_one.bits, signed_one.bits);
  return plain(bits == 64 ? "Int64" : "Int128");
}

std::optional<Type> wider_number(const Type& left, const Type& right) {
  const NumberType* const one = number(left);
  const NumberType* const other = number(right);
  if (one == nullptr || other == nullptr) return std::nullopt;
  if (!one->is_real && !other->is_real) return wider_integer(*one, *other);
  const bool double_holds_both = one->bits <= 53 && other->bits <= 53;
  return double_holds_both ? std::optional(plain("Float64")) : std::nullopt;
}

bool is_text(const Type& type) {
  return type.is("String") || type.is("FixedString") || type.is("LowCardinality");
}
bool is_record(const Type& type) { return type.is("Tuple") || type.is("JSON"); }
bool is_exact_number(const Type& type) {
  return type.is("Decimal") || type.is("Int256") || number(type) != nullptr;
}
bool is_date(const Type& type) { return type.is("Date32") || type.is("DateTime64"); }

/// Of two counts of time the one of more digits.
std::optional<Type> finer_time(const Type& left, const Type& right) {
  const bool same = left.name == right.name && (left.is("DateTime64") || left.is("Time64"));
  if (!same) return std::nullopt;
  return std::max(left, right, [](const Type& one, const Type& other) {
    return one.literals.front() < other.literals.front();  // one digit each
  });
}

/// One type for both, where they cannot or need not stand side by side.
std::optional<Type> joined(const Type& left, const Type& right) {
  if (left == right) return left;
  if (auto type = wider_number(left, right)) return type;
  if (auto type = finer_time(left, right)) return type;
  if (is_record(left) && is_record(right)) return plain("JSON");
  const bool are_alike = (is_text(left) && is_text(right)) || (is_date(left) && is_date(right)) ||
                         ((left.is("Decimal") || right.is("Decimal")) && is_exact_number(left) &&
                          is_exact_number(right));
  return are_alike ? std::optional(plain("String")) : std::nullopt;
}

/// Joins two of the types; false when none can be.
bool join_two(std::vector<Type>& types) {
  for (std::size_t left = 0; left < types.size(); ++left) {
    for (std::size_t right = left + 1; right < types.size(); ++right) {
      auto type = joined(types[left], types[right]);
      if (!type) continue;
      types[left] = *std::move(type);
      types.erase(types.begin() + static_cast<std::ptrdiff_t>(right));
      return true;
    }
  }
  return false;
}

}  // namespace

Type one_of(std::vector<Type> alternatives) {
  if (std::ranges::count(alternatives, "Dynamic", &Type::name) != 0) return plain("Dynamic");
  while (join_two(alternatives)) {
  }
  if (alternatives.size() == 1) return std::move(alternatives.front());
  Type variant{.name = "Variant"};
  for (Type& type : alternatives) {
    variant.arguments.push_back(is_text(type) ? plain("String") : std::move(type));
  }
  std::ranges::sort(variant.arguments, {}, [](const Type& type) { return to_string(type); });
  return variant;
}

}  // namespace penstock
