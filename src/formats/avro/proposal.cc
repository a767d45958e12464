#include "formats/avro/proposal.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

#include "formats/avro/schema.h"
#include "formats/inference/holds_itself.h"
#include "formats/inference/nullable.h"
#include "formats/inference/one_of.h"
#include "formats/inference/plain_type.h"

namespace penstock::avro {
namespace {

constexpr std::size_t kLongestFixedString = 256;  // as the server creates it unasked
constexpr int kMostDigits = 76;                   // of a Decimal

Type low_cardinality_text() { return {.name = "LowCardinality", .arguments = {plain("String")}}; }
Type moment(int digits) {
  return {.name = "DateTime64", .literals = {std::to_string(digits), "'UTC'"}};
}
Type clock(int digits) { return {.name = "Time64", .literals = {std::to_string(digits)}}; }

/// What a logical type becomes; one without a name where the kind decides.
Type logical_type(const Node& node) {
  switch (node.logical) {
    case Logical::decimal:
      if (node.precision == 0 || node.precision > kMostDigits) return plain("String");
      return {.name = "Decimal",
              .literals = {std::to_string(node.precision), std::to_string(node.scale)}};
    case Logical::uuid: return plain("UUID");
    case Logical::date: return plain("Date32");
    case Logical::time_millis: return clock(3);
    case Logical::time_micros: return clock(6);
    case Logical::timestamp_millis:
    case Logical::local_timestamp_millis: return moment(3);
    case Logical::timestamp_micros:
    case Logical::local_timestamp_micros: return moment(6);
    case Logical::timestamp_nanos:
    case Logical::local_timestamp_nanos: return moment(9);
    case Logical::duration: return plain("String");
    case Logical::none: break;
  }
  return {};
}

Type fixed_type(std::size_t size) {
  if (size == 0 || size > kLongestFixedString) return plain("String");
  return {.name = "FixedString", .literals = {std::to_string(size)}};
}

Type scalar_type(const Node& node) {
  if (Type type = logical_type(node); !type.name.empty()) return type;
  switch (node.kind) {
    case Kind::boolean: return plain("Bool");
    case Kind::int32: return plain("Int32");
    case Kind::int64: return plain("Int64");
    case Kind::float32: return plain("Float32");
    case Kind::float64: return plain("Float64");
    case Kind::enumeration: return low_cardinality_text();
    case Kind::fixed: return fixed_type(node.size);
    default: return plain("String");
  }
}

std::string_view note_on(const Node& node, const Type& type) {
  const bool is_local = node.logical == Logical::local_timestamp_millis ||
                        node.logical == Logical::local_timestamp_micros ||
                        node.logical == Logical::local_timestamp_nanos;
  if (is_local) return "; shown as it was written";
  if (node.kind == Kind::enumeration) return "; a symbol that comes later needs no ALTER TABLE";
  if (node.kind == Kind::null) return "; nothing says what may come";
  if (node.logical == Logical::decimal && type.is("String")) {
    return "; ClickHouse has no Decimal of so many digits";
  }
  return "";
}

bool is_recursive(const Node& record) {
  return holds_itself(record, [](const Node& node, auto visit) {
    for (const Node* inner : node.inner) visit(inner);
    for (const Field& field : node.fields) visit(field.type);
  });
}

bool has_doubled_names(const Node& record) {
  std::set<std::string_view> names;
  for (const Field& field : record.fields) names.insert(field.name);
  return names.size() < record.fields.size();
}

/// Where a value stands.
struct Place {
  std::string path;  // see Reason
  bool may_miss = false;
  int tuples = 0;  // around it
};

/// Chooses the type of one column.
class TypeChooser {
 public:
  Type choose(const Node& node, const Place& place) {
    switch (node.kind) {
      case Kind::choice: return choose_union(node, place);
      case Kind::record: return choose_record(node, place);
      case Kind::array:
        explain(place, to_string(node));
        return {.name = "Array",
                .arguments = {choose(*node.inner.front(),
                                     {.path = place.path + "[]", .tuples = place.tuples})}};
      case Kind::map:
        explain(place, to_string(node));
        return {
            .name = "Map",
            .arguments = {plain("String"), choose(*node.inner.front(), {.path = place.path + "{}",
                                                                        .tuples = place.tuples})}};
      default: break;
    }
    Type type = scalar_type(node);
    explain(place, fmt::format("{}{}", to_string(node), note_on(node, type)));
    const bool may_be_null = place.may_miss || node.kind == Kind::null;
    return may_be_null ? nullable(std::move(type)) : type;
  }

  std::vector<Reason> take_reasons() { return std::move(reasons_); }

 private:
  Type choose_union(const Node& node, const Place& place) {
    std::vector<const Node*> branches;
    for (const Node* branch : node.inner) {
      if (branch->kind != Kind::null) branches.push_back(branch);
    }
    Place inside = place;
    inside.may_miss = place.may_miss || branches.size() < node.inner.size();
    if (branches.empty()) return choose(*node.inner.front(), inside);
    const std::size_t first = reasons_.size();
    if (branches.size() == 1) {
      Type type = choose(*branches.front(), inside);
      if (branches.size() < node.inner.size()) reasons_[first].text += "; null";
      return type;
    }
    return choose_among(branches, inside);
  }

  Type choose_among(const std::vector<const Node*>& branches, const Place& place) {
    std::string names;
    std::vector<Type> types;
    for (const Node* branch : branches) {
      names += fmt::format("{}{}", names.empty() ? "" : ", ", to_string(*branch));
      TypeChooser apart;  // the parts of a branch need no reasons of their own
      apart.parts_ = parts_;
      types.push_back(apart.choose(*branch, {.path = place.path, .tuples = place.tuples}));
      parts_ = apart.parts_;
    }
    explain(place, fmt::format("union of {}{}", names, place.may_miss ? "; null" : ""));
    Type type = one_of(std::move(types));
    return place.may_miss ? nullable(std::move(type)) : type;
  }

  Type choose_record(const Node& node, const Place& place) {
    const auto as_json = [&](std::string_view why) {
      explain(place, fmt::format("{}{}", to_string(node), why));
      return place.may_miss ? nullable(plain("JSON")) : plain("JSON");
    };
    if (node.fields.empty()) return as_json(" without fields");
    if (is_recursive(node)) return as_json(" that holds itself");
    if (place.tuples == kDeepestTuple) return as_json(", nested deeper than 8 levels");
    if (parts_ > kMostParts) return as_json(", beyond the first 1000 parts");
    if (has_doubled_names(node)) return as_json(" with two fields of one name");
    explain(place, to_string(node));
    Type tuple = plain("Tuple");
    for (const Field& field : node.fields) {
      tuple.names.push_back(field.name);
      tuple.arguments.push_back(choose(*field.type, {.path = place.path + "." + field.name,
                                                     .may_miss = place.may_miss,
                                                     .tuples = place.tuples + 1}));
    }
    return tuple;
  }

  void explain(const Place& place, std::string text) {
    reasons_.push_back({place.path, std::move(text)});
    ++parts_;
  }

  std::vector<Reason> reasons_;
  std::size_t parts_ = 0;  // of the column so far
};

SchemaRow row_of(const Node& record, std::string called) {
  SchemaRow row{.schema = std::move(called), .fields = {}};
  for (const Field& field : record.fields) {
    TypeChooser chooser;
    Type type = chooser.choose(*field.type, {});
    row.fields.push_back({field.name, {std::move(type), chooser.take_reasons()}});
  }
  return row;
}

}  // namespace

Result<std::vector<SchemaRow>> propose_rows(const RegisteredSchema& schema,
                                            const std::string& called) {
  PENSTOCK_TRY(read, Schema::read(schema));
  const Node& root = read.root();
  if (root.kind == Kind::record) return std::vector{row_of(root, called)};
  std::vector<SchemaRow> rows;
  for (const Node* branch : root.inner) {
    if (root.kind != Kind::choice || branch->kind != Kind::record) continue;
    rows.push_back(row_of(*branch, fmt::format("{} of {}", to_string(*branch), called)));
  }
  if (!rows.empty()) return rows;
  return Error{.fault = Fault::data,
               .recovery = Recovery::isolate,
               .code = "schema.unusable",
               .message = fmt::format("its root is {}, a row needs a record", with_article(root))};
}

}  // namespace penstock::avro
