#include "model/column/variant_order.h"

#include <algorithm>
#include <charconv>
#include <string>
#include <utility>

#include "model/column/decimal_text.h"

namespace penstock {
namespace {

struct Family {
  std::string_view type;
  MemberFamily family;
  int rank = 0;  // within the family: the narrower first
};

constexpr Family kFamilies[] = {
    {"Int8", MemberFamily::integer, 0},
    {"UInt8", MemberFamily::integer, 1},
    {"Int16", MemberFamily::integer, 2},
    {"UInt16", MemberFamily::integer, 3},
    {"Int32", MemberFamily::integer, 4},
    {"UInt32", MemberFamily::integer, 5},
    {"Int64", MemberFamily::integer, 6},
    {"UInt64", MemberFamily::integer, 7},
    {"Int128", MemberFamily::integer, 8},
    {"UInt128", MemberFamily::integer, 9},
    {"Int256", MemberFamily::integer, 10},
    {"UInt256", MemberFamily::integer, 11},
    {"Decimal32", MemberFamily::decimal, 9},
    {"Decimal64", MemberFamily::decimal, 18},
    {"Decimal128", MemberFamily::decimal, 38},
    {"Decimal256", MemberFamily::decimal, 76},
    {"Decimal", MemberFamily::decimal},
    {"Float64", MemberFamily::float64},
    {"Float32", MemberFamily::float32},
    {"BFloat16", MemberFamily::bfloat16},
    {"Bool", MemberFamily::boolean},
    {"Enum8", MemberFamily::enumeration},
    {"Enum16", MemberFamily::enumeration},
    {"UUID", MemberFamily::uuid},
    {"IPv4", MemberFamily::ipv4},
    {"IPv6", MemberFamily::ipv6},
    {"Date", MemberFamily::date, 0},
    {"Date32", MemberFamily::date, 1},
    {"DateTime", MemberFamily::date_time, -1},
    {"DateTime64", MemberFamily::date_time},
    {"Time", MemberFamily::time, -1},
    {"Time64", MemberFamily::time},
    {"String", MemberFamily::text},
    {"FixedString", MemberFamily::fixed_text},
    {"JSON", MemberFamily::json},
};

struct Turn {
  MemberFamily family;
  bool exactly = false;
};

using enum MemberFamily;
constexpr bool kExactly = true;

constexpr Turn kForInteger[] = {{integer},
                                {decimal},
                                {float64, kExactly},
                                {float32, kExactly},
                                {bfloat16, kExactly},
                                {date_time},
                                {enumeration},
                                {boolean},
                                {text},
                                {float64},
                                {float32},
                                {bfloat16},
                                {time},
                                {date},
                                {ipv4}};
constexpr Turn kForReal[] = {
    {decimal}, {float64}, {float32, kExactly}, {bfloat16, kExactly}, {integer}, {date_time},
    {text},    {float32}, {bfloat16}};
constexpr Turn kForBoolean[] = {{boolean}, {text}, {integer}, {float64}, {float32}, {bfloat16}};
constexpr Turn kForText[] = {{enumeration, kExactly},
                             {uuid, kExactly},
                             {ipv4, kExactly},
                             {ipv6, kExactly},
                             {date, kExactly},
                             {date_time, kExactly},
                             {time, kExactly},
                             {text},
                             {fixed_text},
                             {integer},
                             {decimal},
                             {date},
                             {date_time},
                             {time},
                             {float64},
                             {float32},
                             {bfloat16},
                             {boolean},
                             {enumeration},
                             {uuid},
                             {json}};
constexpr Turn kForBytes[] = {{text}, {fixed_text}, {uuid}, {ipv6}, {ipv4}, {enumeration}};
constexpr Turn kForJson[] = {{json}, {text}, {fixed_text}};
constexpr Turn kForMoment[] = {{date_time, kExactly}, {text}, {date_time}, {integer}};
constexpr Turn kForDay[] = {{date}, {date_time}, {text}, {integer}};
constexpr Turn kForDuration[] = {{time}, {text}, {integer}};

std::span<const Turn> turns_for(ValueKind kind) {
  switch (kind) {
    case ValueKind::integer: return kForInteger;
    case ValueKind::real: return kForReal;
    case ValueKind::boolean: return kForBoolean;
    case ValueKind::text: return kForText;
    case ValueKind::bytes: return kForBytes;
    case ValueKind::json: return kForJson;
    case ValueKind::moment: return kForMoment;
    case ValueKind::day: return kForDay;
    case ValueKind::duration: break;
  }
  return kForDuration;
}

/// The type that values are put into: that of the keys, or of the aggregate's result.
const Type& value_type(const Type& member) {
  const bool is_wrapped = member.is("LowCardinality") || member.is("SimpleAggregateFunction");
  return is_wrapped && member.arguments.size() == 1 ? value_type(member.arguments[0]) : member;
}

int first_literal(const Type& type, int otherwise) {
  if (type.literals.empty()) return otherwise;
  const std::string& text = type.literals[0];
  std::from_chars(text.data(), text.data() + text.size(), otherwise);
  return otherwise;
}

Family family_of(const Type& type) {
  const auto* found = std::ranges::find(kFamilies, type.name, &Family::type);
  if (found == std::end(kFamilies)) return {.type = {}, .family = container};
  constexpr int kUsualPrecision = 10;
  constexpr int kUsualDigits = 3;
  Family family = *found;
  if (type.is("Decimal")) family.rank = first_literal(type, kUsualPrecision);
  if (type.is("FixedString")) family.rank = first_literal(type, 0);
  if (type.is("DateTime64") || type.is("Time64")) family.rank = first_literal(type, kUsualDigits);
  return family;
}

}  // namespace

std::vector<MemberTrial> variant_order(std::span<const Type> members, ValueKind kind) {
  std::vector<MemberTrial> order;
  for (const Turn& turn : turns_for(kind)) {
    std::vector<std::pair<int, MemberTrial>> found;
    for (std::size_t member = 0; member < members.size(); ++member) {
      const Family family = family_of(value_type(members[member]));
      if (family.family != turn.family) continue;
      const int digits = std::max(family.rank, 0);
      const bool has_digits = turn.family == date_time || turn.family == time;
      const MemberTrial trial{.member = static_cast<std::uint8_t>(member),
                              .family = turn.family,
                              .exactly = turn.exactly,
                              .step = has_digits ? power_of_ten<std::uint32_t>(9 - digits) : 1};
      // Where digits will be cut off, as few as can be.
      const bool finest_first =
          turn.family == date_time && !turn.exactly && kind != ValueKind::integer;
      found.emplace_back(finest_first ? -family.rank : family.rank, trial);
    }
    std::ranges::stable_sort(found, {}, &std::pair<int, MemberTrial>::first);
    for (const auto& [rank, trial] : found) order.push_back(trial);
  }
  return order;
}

}  // namespace penstock
