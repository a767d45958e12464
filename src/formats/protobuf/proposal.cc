#include "formats/protobuf/proposal.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <set>
#include <string_view>
#include <utility>

#include "formats/inference/holds_itself.h"
#include "formats/inference/nullable.h"
#include "formats/inference/one_of.h"
#include "formats/inference/plain_type.h"
#include "formats/protobuf/map_entries.h"
#include "formats/protobuf/schema.h"

namespace penstock::protobuf {
namespace {

struct ScalarKind {
  FieldKind kind;
  std::string_view name;  // in the language
  std::string_view type;
};
constexpr ScalarKind kScalars[] = {
    {FieldKind::int32, "int32", "Int32"},       {FieldKind::int64, "int64", "Int64"},
    {FieldKind::uint32, "uint32", "UInt32"},    {FieldKind::uint64, "uint64", "UInt64"},
    {FieldKind::sint32, "sint32", "Int32"},     {FieldKind::sint64, "sint64", "Int64"},
    {FieldKind::fixed32, "fixed32", "UInt32"},  {FieldKind::fixed64, "fixed64", "UInt64"},
    {FieldKind::sfixed32, "sfixed32", "Int32"}, {FieldKind::sfixed64, "sfixed64", "Int64"},
    {FieldKind::real32, "float", "Float32"},    {FieldKind::real64, "double", "Float64"},
    {FieldKind::boolean, "bool", "Bool"},       {FieldKind::text, "string", "String"},
    {FieldKind::bytes, "bytes", "String"},
};

struct KnownMessage {
  WellKnown meaning;
  std::string_view type;
  std::string_view note;
};
constexpr KnownMessage kKnownMessages[] = {
    {WellKnown::timestamp, "DateTime64(9, 'UTC')", "1970-01-01 where it is not there"},
    {WellKnown::duration, "Int64", "nanoseconds"},
    {WellKnown::structure, "JSON", ""},
    {WellKnown::value, "Dynamic", "each value keeps its type"},
    {WellKnown::list_value, "Dynamic", "each value keeps its type"},
    {WellKnown::any, "JSON", "with its @type"},
    {WellKnown::field_mask, "String", "as a,b.c"},
    {WellKnown::decimal, "String", "each message says how many digits it has"},
};

bool is_recursive(const MessageType& message) {
  return holds_itself(message, [](const MessageType& type, auto visit) {
    for (const FieldType& field : type.fields) {
      if (field.message != nullptr) visit(field.message);
    }
  });
}

/// Where a value stands.
struct Place {
  std::string path;       // see Reason
  bool may_miss = false;  // what is around it, so that zero would not tell
  int tuples = 0;         // around it

  Place inside(std::string_view step, bool part_may_miss = false) const {
    return {fmt::format("{}{}", path, step), part_may_miss, tuples};
  }
};

/// Chooses the types of one message's columns.
class TypeChooser {
 public:
  explicit TypeChooser(OneofStyle oneofs) : oneofs_(oneofs) {}

  /// A field for each column of the message, and of what `place` says is around them.
  std::vector<SchemaField> choose_fields(const MessageType& type, const Place& place) {
    std::vector<SchemaField> fields;
    std::set<std::uint32_t> done;
    for (const FieldType& field : type.fields) {
      if (!field.oneof || oneofs_ == OneofStyle::columns) {
        fields.push_back(
            made(field.name, place, [&](const Place& at) { return choose(field, at); }));
      } else if (done.insert(*field.oneof).second) {
        fields.push_back(made(type.oneofs[*field.oneof], place, [&](const Place& at) {
          return choose_oneof(type, *field.oneof, at);
        }));
      }
    }
    return fields;
  }

 private:
  template <class Choose>
  SchemaField made(const std::string& name, const Place& place, Choose choose) {
    const std::vector<Reason> around = std::exchange(reasons_, {});
    const bool is_column = place.tuples == 0;
    if (is_column) parts_ = 0;
    Type type = choose(is_column ? place : place.inside("." + name, place.may_miss));
    return {name, {std::move(type), std::exchange(reasons_, around)}};
  }

  Type choose(const FieldType& field, const Place& place) {
    if (field.is_map) return choose_map(field, place);
    if (field.is_repeated) {
      explain(place, "repeated");
      return {.name = "Array", .arguments = {choose_value(field, place.inside("[]"), "")}};
    }
    const bool has_null = field.has_presence && !field.is_required && !field.written_default &&
                          field.kind != FieldKind::message;
    Place at = place;
    at.may_miss = place.may_miss || has_null || field.oneof.has_value();
    const std::string_view label = field.oneof      ? "; of a oneof"
                                   : has_null       ? "; may be missing"
                                   : place.may_miss ? "; what it is in may be missing"
                                                    : "";
    return choose_value(field, at, label);
  }

  Type choose_map(const FieldType& field, const Place& place) {
    explain(place, "map");
    Type key = choose_value(key_of(field), place.inside("{key}"), "");
    return {.name = "Map",
            .arguments = {std::move(key), choose_value(value_of(field), place.inside("{}"), "")}};
  }

  /// One value; `label`: what is to be said of it besides.
  Type choose_value(const FieldType& field, const Place& place, std::string_view label) {
    if (field.kind == FieldKind::message) return choose_message(*field.message, place, label);
    Type type;
    if (field.kind == FieldKind::enumeration) {
      explain(place, fmt::format("enum {}; a name that comes later needs no ALTER TABLE{}",
                                 field.enumeration->name, label));
      type = {.name = "LowCardinality", .arguments = {plain("String")}};
    } else {
      const auto* const scalar = std::ranges::find(kScalars, field.kind, &ScalarKind::kind);
      explain(place, fmt::format("{}{}", scalar->name, label));
      type = plain(scalar->type);
    }
    return place.may_miss ? nullable(std::move(type)) : type;
  }

  Type choose_message(const MessageType& type, const Place& place, std::string_view label) {
    const bool in_list = place.path.ends_with(']') || place.path.ends_with('}');
    if (type.well_known == WellKnown::wrapper) {
      Place at = place;
      at.may_miss = place.may_miss || !in_list;
      return choose_value(type.fields.front(), at,
                          in_list ? label : "; its wrapper may be missing");
    }
    const auto* const known =
        std::ranges::find(kKnownMessages, type.well_known, &KnownMessage::meaning);
    if (known == std::end(kKnownMessages)) return choose_tuple(type, place, label);
    const bool has_no_gap = in_list || place.may_miss;
    const bool has_note =
        !known->note.empty() && !(has_no_gap && type.well_known == WellKnown::timestamp);
    explain(place, fmt::format("{}{}{}{}", type.name, has_note ? "; " : "",
                               has_note ? known->note : "", label));
    Type chosen = parse_type(known->type).value();
    return place.may_miss ? nullable(std::move(chosen)) : chosen;
  }

  Type choose_tuple(const MessageType& type, const Place& place, std::string_view label) {
    const auto as_json = [&](std::string_view why) {
      explain(place, fmt::format("message {}{}{}", type.name, why, label));
      return place.may_miss ? nullable(plain("JSON")) : plain("JSON");
    };
    if (type.fields.empty()) return as_json(" without fields");
    if (is_recursive(type)) return as_json(" that holds itself");
    if (place.tuples == kDeepestTuple) return as_json(", nested deeper than 8 levels");
    if (parts_ > kMostParts) return as_json(", beyond the first 1000 parts");
    explain(place, fmt::format("message {}{}", type.name, label));
    return tuple_of(choose_fields(type, {place.path, place.may_miss, place.tuples + 1}));
  }

  Type tuple_of(std::vector<SchemaField> elements) {
    Type tuple = plain("Tuple");
    for (SchemaField& element : elements) {
      tuple.names.push_back(std::move(element.name));
      tuple.arguments.push_back(std::move(element.chosen.type));
      std::ranges::move(element.chosen.reasons, std::back_inserter(reasons_));
    }
    return tuple;
  }

  Type choose_oneof(const MessageType& type, std::uint32_t oneof, const Place& place) {
    std::string names;
    std::vector<const FieldType*> members;
    for (const FieldType& field : type.fields) {
      if (field.oneof != oneof) continue;
      names += fmt::format("{}{}", names.empty() ? "" : ", ", field.name);
      members.push_back(&field);
    }
    explain(place, fmt::format("oneof of {}", names));
    return oneofs_ == OneofStyle::variant ? variant_of(members, place) : tuple_of(members, place);
  }

  Type tuple_of(const std::vector<const FieldType*>& members, const Place& place) {
    const Place around{place.path, true, place.tuples + 1};
    std::vector<SchemaField> elements;
    elements.reserve(members.size());
    for (const FieldType* member : members) {
      elements.push_back(
          made(member->name, around, [&](const Place& at) { return choose(*member, at); }));
    }
    return tuple_of(std::move(elements));
  }

  Type variant_of(const std::vector<const FieldType*>& members, const Place& place) {
    std::vector<Type> types;
    for (const FieldType* member : members) {
      const std::vector<Reason> outer = reasons_;  // those of the members say nothing new
      types.push_back(not_nullable(choose_value(*member, place.inside(""), "")));
      reasons_ = outer;
    }
    Type chosen = one_of(std::move(types));
    if (chosen.is("Dynamic")) return plain("JSON");  // an object with the member that is set
    if (chosen.is("Variant")) return chosen;
    return {.name = "Variant", .arguments = {std::move(chosen)}};
  }

  void explain(const Place& place, std::string text) {
    reasons_.push_back({place.path, std::move(text)});
    ++parts_;
  }

  const OneofStyle oneofs_;
  std::vector<Reason> reasons_;
  std::size_t parts_ = 0;  // of the column so far
};

std::vector<SchemaField> fields_of(const MessageType& type, OneofStyle oneofs) {
  return TypeChooser(oneofs).choose_fields(type, {});
}

/// A column called like the list would stand for it, not for what is inside.
bool hides_the_list(const std::vector<SchemaField>& fields, const MessageType& type) {
  return std::ranges::any_of(
      fields, [&](const SchemaField& field) { return type.find(field.name) != nullptr; });
}

}  // namespace

Result<SchemaRow> propose_row(const RegisteredSchema& schema, const ProposalOptions& options,
                              const std::string& called) {
  PENSTOCK_TRY(read, Schema::read(schema));
  PENSTOCK_TRY(type, read->message(options.indexes, options.message));
  SchemaRow row{.schema = fmt::format("message {} of {}", type->name, called), .fields = {}};
  if (const MessageType* const rows = rows_inside(*type)) {
    row.fields = fields_of(*rows, options.oneofs);
    if (!hides_the_list(row.fields, *type)) return row;
  }
  row.fields = fields_of(*type, options.oneofs);
  return row;
}

}  // namespace penstock::protobuf
