#include "formats/inference/type_choice.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <utility>

#include "base/check.h"
#include "formats/inference/nullable.h"
#include "formats/inference/plain_type.h"
#include "formats/inference/scalar_choice.h"

namespace penstock {
namespace {

/// The kinds of value JSON knows, as bits of a set.
enum Kind : unsigned {
  kBoolean = 1,
  kInteger = 2,
  kReal = 4,
  kText = 8,
  kList = 16,
  kRecord = 32,
};

/// What becomes of a field that had values of several kinds: the first line all of them are in.
struct Widening {
  unsigned kinds;
  Kind becomes;
};
constexpr Widening kWidenings[] = {
    {kBoolean, kBoolean},
    {kBoolean | kInteger, kInteger},
    {kBoolean | kInteger | kReal, kReal},
    {kList, kList},
    {kRecord, kRecord},
    {kBoolean | kInteger | kReal | kText | kList | kRecord, kText},
};

unsigned kinds_in(const Observation& seen) {
  return (seen.booleans > 0 ? kBoolean : 0u) | (seen.numbers.integers > 0 ? kInteger : 0u) |
         (seen.numbers.reals > 0 ? kReal : 0u) | (seen.texts.count > 0 ? kText : 0u) |
         (seen.lists > 0 ? kList : 0u) | (seen.records > 0 ? kRecord : 0u);
}

std::string kinds_text(unsigned kinds) {
  constexpr std::pair<Kind, std::string_view> kNames[] = {
      {kBoolean, "true or false"}, {kInteger, "whole numbers"},
      {kReal, "numbers"},          {kText, "texts"},
      {kList, "arrays"},           {kRecord, "objects"}};
  std::string out;
  for (const auto& [kind, name] : kNames) {
    if ((kinds & kind) != 0) out += fmt::format("{}{}", out.empty() ? "" : ", ", name);
  }
  return out;
}

/// Where a value stands.
struct Place {
  std::string path;       // see Reason
  std::string_view name;  // of the nearest field
  std::uint64_t absent = 0;
  bool parent_may_miss = false;
  int tuples = 0;  // around it
};

/// May a row be without this value?
bool may_miss(const Observation& seen, const Place& place) {
  return seen.nulls > 0 || place.absent > 0 || place.parent_may_miss;
}

/// Whether a column of type JSON keeps these objects: it refuses numbers beyond 64 bits and a key
/// twice in one object, and takes a key with a dot for a path.
bool fits_json(const Observation& seen) {
  if (seen.numbers.has_wider_integers || seen.numbers.beyond_double) return false;
  if (seen.elements && !fits_json(*seen.elements)) return false;
  std::uint64_t different_keys = 0;
  for (const FieldSeen& field : seen.fields.known()) {
    const bool is_path = field.name.empty() || field.name.find('.') != std::string::npos;
    if (is_path || !fits_json(*field.values)) return false;
    different_keys += field.records;
  }
  return seen.fields.others() == nullptr && different_keys == seen.keys;
}

class TypeChooser {
 public:
  Type choose(const Observation& seen, const Place& place);
  std::vector<Reason> take_reasons() { return std::move(reasons_); }

 private:
  Choice choose_plain(const Observation& seen, const Place& place);
  Type choose_list(const Observation& seen, const Place& place);
  Type choose_record(const Observation& seen, const Place& place);
  Type choose_map(const Observation& seen, const Observation& values, const Place& place);
  Type choose_tuple(const Observation& seen, const Place& place);
  void explain(const Place& place, std::string text) {
    reasons_.push_back({place.path, std::move(text)});
  }

  std::vector<Reason> reasons_;
};

std::uint64_t values_in(const Observation& seen) {
  return seen.nulls + seen.booleans + seen.numbers.count() + seen.texts.count + seen.lists +
         seen.records;
}

/// "; missing in 3 of 10, null in 1", or nothing.
std::string gaps_text(const Observation& seen, const Place& place) {
  std::string text;
  if (place.absent > 0) {
    text += fmt::format("; missing in {} of {}", place.absent, values_in(seen) + place.absent);
  }
  if (seen.nulls > 0) text += fmt::format("; null in {}", seen.nulls);
  if (text.empty() && place.parent_may_miss) text = "; its object may be missing";
  return text;
}

Kind widened(unsigned kinds) {
  for (const Widening& widening : kWidenings) {
    if ((kinds & ~widening.kinds) == 0) return widening.becomes;
  }
  PENSTOCK_CHECK(false, "every kind of value has a line in the table");
}

Type TypeChooser::choose(const Observation& seen, const Place& place) {
  const unsigned kinds = kinds_in(seen);
  const Kind kind = kinds == 0 ? kText : widened(kinds);
  if (kind == kList) return choose_list(seen, place);
  if (kind == kRecord) return choose_record(seen, place);
  Choice choice = choose_plain(seen, place);
  explain(place, choice.reason + gaps_text(seen, place));
  return may_miss(seen, place) ? nullable(std::move(choice.type)) : std::move(choice.type);
}

Choice TypeChooser::choose_plain(const Observation& seen, const Place& place) {
  const unsigned kinds = kinds_in(seen);
  if (kinds == 0) return {plain("String"), "no value seen"};
  switch (widened(kinds)) {
    case kBoolean: return {plain("Bool"), "true or false"};
    case kInteger:
    case kReal: {
      Choice choice = choose_number(seen.numbers, kinds == kInteger ? place.name : "");
      if ((kinds & kBoolean) == 0) return choice;
      if (choice.type.is("Decimal")) choice.type = plain("Float64");  // takes no booleans
      choice.reason += "; true counts as 1";
      return choice;
    }
    default: break;
  }
  if (kinds == kText) return choose_text(seen, place.name);
  return {plain("String"), kinds_text(kinds) + ": each is kept as it is spelt"};
}

Type TypeChooser::choose_list(const Observation& seen, const Place& place) {
  explain(place,
          fmt::format("arrays{}{}", seen.elements ? "" : ", all empty", gaps_text(seen, place)));
  if (!seen.elements) return {.name = "Array", .arguments = {plain("String")}};
  const Place inside{.path = place.path + "[]", .name = place.name, .tuples = place.tuples};
  return {.name = "Array", .arguments = {choose(*seen.elements, inside)}};
}

Type TypeChooser::choose_record(const Observation& seen, const Place& place) {
  const auto as_json = [&](std::string_view why) {
    const bool fits = fits_json(seen);
    explain(place,
            fmt::format("{}: kept as JSON{}{}", why, fits ? "" : " text", gaps_text(seen, place)));
    Type type = plain(fits ? "JSON" : "String");
    return may_miss(seen, place) ? nullable(std::move(type)) : type;
  };
  const auto& fields = seen.fields.known();
  if (fields.empty()) return as_json("objects, all empty");

  const bool keys_vary =
      seen.fields.others() != nullptr || 2 * seen.keys < seen.records * fields.size();
  if (keys_vary) {
    Observation values;
    for (const FieldSeen& field : fields) values.merge(*field.values);
    if (seen.fields.others() != nullptr) values.merge(*seen.fields.others());
    const unsigned kinds = kinds_in(values);
    const bool alike = std::has_single_bit(kinds) || kinds == (kInteger | kReal);
    if (alike) return choose_map(seen, values, place);
    return as_json(
        fmt::format("objects of varying keys ({}) with values of different kinds", fields.size()));
  }
  if (place.tuples == kDeepestTuple) return as_json("objects nested deeper than 8 levels");
  const auto nameless = [](const FieldSeen& field) { return field.name.empty(); };
  if (std::any_of(fields.begin(), fields.end(), nameless))
    return as_json("objects with an empty key");
  return choose_tuple(seen, place);
}

Type TypeChooser::choose_map(const Observation& seen, const Observation& values,
                             const Place& place) {
  const std::size_t keys = seen.fields.known().size();
  const bool has_more = seen.fields.others() != nullptr;
  explain(place, fmt::format("objects with {}{} different keys, {:.1f} each; values alike{}",
                             has_more ? "more than " : "", keys,
                             static_cast<double>(seen.keys) / static_cast<double>(seen.records),
                             gaps_text(seen, place)));
  Type key = plain("String");
  if (!has_more && repeats_often(keys, seen.keys)) {
    key = {.name = "LowCardinality", .arguments = {std::move(key)}};
  }
  const Place inside{.path = place.path + "{}", .name = place.name, .tuples = place.tuples};
  return {.name = "Map", .arguments = {std::move(key), choose(values, inside)}};
}

Type TypeChooser::choose_tuple(const Observation& seen, const Place& place) {
  explain(place, "objects of the same keys" + gaps_text(seen, place));
  Type tuple = plain("Tuple");
  for (const FieldSeen& field : seen.fields.known()) {
    const Place inside{.path = place.path + "." + field.name,
                       .name = field.name,
                       .absent = seen.records - field.records,
                       .parent_may_miss = may_miss(seen, place),
                       .tuples = place.tuples + 1};
    tuple.names.push_back(field.name);
    tuple.arguments.push_back(choose(*field.values, inside));
  }
  return tuple;
}

}  // namespace

ChosenType choose_type(std::string_view name, const Observation& seen, std::uint64_t absent) {
  TypeChooser chooser;
  Type type = chooser.choose(seen, {.name = name, .absent = absent});
  return {std::move(type), chooser.take_reasons()};
}

}  // namespace penstock
