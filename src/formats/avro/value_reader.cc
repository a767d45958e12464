#include "formats/avro/value_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "formats/avro/blocks.h"
#include "formats/avro/json_value.h"
#include "formats/avro/scalar_reader.h"
#include "model/column/nullable.h"
#include "model/column/tuple.h"

namespace penstock::avro {
namespace {

const char* pass(const ValueReader& self, Message& message, const char* at,
                 ColumnWriter& /*into*/) {
  return self.skipped().pass(message, at);
}

const char* read_nullable(const ValueReader& self, Message& message, const char* at,
                          ColumnWriter& column) {
  auto& into = static_cast<NullableColumn&>(column);
  at = self.inner(0).read(message, at, into.inner());
  if (at != nullptr) (void)into.note(Fit::ok);
  return at;
}

const char* put_null(Message& message, const char* at, ColumnWriter& into) {
  const Fit fit = into.put_null();
  return fit == Fit::ok ? at : message.refused(fit, "null");
}

/// A union of null and one other type; inner(0) reads that one.
template <std::size_t null_branch>
const char* read_optional(const ValueReader& self, Message& message, const char* at,
                          ColumnWriter& into) {
  std::size_t branch = 0;
  at = read_index(message, at, 2, branch);
  if (at == nullptr) return nullptr;
  if (branch == null_branch) return put_null(message, at, into);
  return self.inner(0).read(message, at, into);
}

const char* read_branch(const ValueReader& self, Message& message, const char* at,
                        ColumnWriter& into) {
  std::size_t branch = 0;
  at = read_index(message, at, self.inner().size(), branch);
  return at == nullptr ? nullptr : self.inner(branch).read(message, at, into);
}

/// A branch that the column cannot take, next to others that it can.
const char* refuse_branch(const ValueReader& self, Message& message, const char* /*at*/,
                          ColumnWriter& /*into*/) {
  return message.refused(Fit::wrong_type, with_article(self.node()));
}

const char* read_elements(const ValueReader& self, Message& message, const char* at,
                          ColumnWriter& into) {
  const ValueReader& element = self.inner(0);
  ColumnWriter& elements = into.child(0);
  const bool is_empty = self.node().inner.front()->width == std::size_t{0};
  at = read_blocks(message, at, is_empty,
                   [&](const char* next) { return element.read(message, next, elements); });
  if (at != nullptr) (void)into.end();
  return at;
}

const char* read_entries(const ValueReader& self, Message& message, const char* at,
                         ColumnWriter& into) {
  ColumnWriter& keys = into.child(0);
  ColumnWriter& values = into.child(1);
  at = read_blocks(message, at, false, [&](const char* next) -> const char* {
    std::string_view key;
    next = read_text(message, next, key);
    if (next == nullptr) return nullptr;
    if (const Fit fit = keys.put_text(key); fit != Fit::ok) return message.refused_text(fit, key);
    return self.inner(0).read(message, next, values);
  });
  if (at != nullptr) (void)into.end();
  return at;
}

const char* read_fields(const ValueReader& self, Message& message, const char* at,
                        ColumnWriter& into) {
  for (const ValueReader& field : self.inner()) {
    at = field.read(message, at, into.child(field.child));
    if (at == nullptr) return nullptr;
  }
  for (const std::size_t child : self.unfilled) into.child(child).put_default();
  (void)into.end();
  return at;
}

const char* read_as_json(const ValueReader& self, Message& message, const char* at,
                         ColumnWriter& into) {
  message.json.clear();
  at = write_json(self.node(), message, at);
  if (at == nullptr) return nullptr;
  const Fit fit = into.put_json(message.json.text());
  return fit == Fit::ok ? at : message.refused(fit, message.json.text());
}

/// A container that a column of Shape::choice keeps in one of its children.
const char* read_member(const ValueReader& self, Message& message, const char* at,
                        ColumnWriter& into) {
  const ValueReader& member = self.inner(0);
  at = member.read(message, at, into.child(member.child));
  if (at == nullptr) return nullptr;
  const Fit fit = into.end();
  return fit == Fit::ok ? at : message.refused(fit, with_article(self.node()));
}

Shape shape_of(const Node& node) {
  switch (node.kind) {
    case Kind::array: return Shape::list;
    case Kind::map: return Shape::map;
    case Kind::record: return Shape::record;
    default: return Shape::scalar;
  }
}

/// Makes the reader of one value, from the outside in.
class Maker {
 public:
  using Made = Result<ValueReader>;

  Made make(const Node& node, ColumnWriter& column, const std::string& field) {
    if (node.kind == Kind::choice) return make_choice(node, column, field);
    if (auto* const nullable = dynamic_cast<NullableColumn*>(&column);
        nullable != nullptr && node.kind != Kind::null) {
      PENSTOCK_TRY(inner, make(node, nullable->inner(), field));
      return ValueReader(read_nullable, node, {std::move(inner)});
    }
    if (shape_of(node) != Shape::scalar) return make_container(node, column, field);
    if (auto reader = make_scalar_reader(node, column)) return *std::move(reader);
    return misfit(node, field);
  }

 private:
  static Error misfit(const Node& node, const std::string& field, std::string_view why = "") {
    return {.fault = Fault::data,
            .recovery = Recovery::isolate,
            .code = "schema.unusable",
            .message = fmt::format("field \"{}\", {}{}", field, with_article(node), why)};
  }

  Made make_choice(const Node& node, ColumnWriter& column, const std::string& field) {
    const int null_branch = node.null_branch();
    if (node.inner.size() == 2 && null_branch >= 0) {
      PENSTOCK_TRY(other, make(*node.inner[null_branch == 0 ? 1 : 0], column, field));
      return ValueReader(null_branch == 0 ? read_optional<0> : read_optional<1>, node,
                         {std::move(other)});
    }
    std::vector<ValueReader> branches;
    std::optional<Error> first_misfit;
    bool any_fits = node.inner.size() == 1 && null_branch == 0;
    for (const Node* branch : node.inner) {
      auto made = make(*branch, column, field);
      any_fits = any_fits || (made.ok() && branch->kind != Kind::null);
      if (!made.ok() && !first_misfit) first_misfit = made.error();
      branches.push_back(made.ok() ? std::move(made).value() : ValueReader(refuse_branch, *branch));
    }
    if (!any_fits && first_misfit) return *first_misfit;
    return ValueReader(read_branch, node, std::move(branches));
  }

  Made make_container(const Node& node, ColumnWriter& column, const std::string& field) {
    const Shape shape = shape_of(node);
    if (column.shape() == Shape::choice) {
      if (auto member = make_member(node, column, field)) return *std::move(member);
    }
    if (column.shape() == Shape::scalar || column.shape() == Shape::choice) {
      return make_json(node, column, field);
    }
    if (column.shape() != shape) return misfit(node, field);
    const bool holds_itself = std::ranges::find(open_, &node) != open_.end();
    if (holds_itself) {
      return misfit(node, field, " that holds itself: only String and JSON columns take it");
    }
    open_.push_back(&node);
    Made made = shape == Shape::record ? make_record(node, column, field)
                                       : make_elements(node, column, field);
    open_.pop_back();
    return made;
  }

  /// Of several members of the shape the one that keeps most parts of the value, and of those the
  /// one with fewest parts of its own.
  std::optional<ValueReader> make_member(const Node& node, ColumnWriter& column,
                                         const std::string& field) {
    const Shape shape = shape_of(node);
    std::optional<ValueReader> best;
    std::pair<std::ptrdiff_t, std::ptrdiff_t> best_rank;
    for (int index = column.member_for(shape); index >= 0;
         index = column.member_after(index, shape)) {
      const auto child = static_cast<std::size_t>(index);
      auto made = make_container(node, column.child(child), field);
      if (!made.ok()) continue;
      const auto empty = std::ssize(made.value().unfilled);
      const auto all = static_cast<std::ptrdiff_t>(column.child(child).children());
      const std::pair rank(all - empty, -empty);
      if (best && rank <= best_rank) continue;
      best_rank = rank;
      made.value().child = child;
      best = std::move(made).value();
    }
    if (!best) return std::nullopt;
    return ValueReader(read_member, node, {*std::move(best)});
  }

  static Made make_json(const Node& node, ColumnWriter& column, const std::string& field) {
    const std::size_t rows = column.rows();
    const Fit fit = column.put_json(node.kind == Kind::array ? "[]" : "{}");
    column.truncate(rows);
    if (fit != Fit::ok) return misfit(node, field);
    return ValueReader(read_as_json, node);
  }

  Made make_elements(const Node& node, ColumnWriter& column, const std::string& field) {
    const std::size_t values = node.kind == Kind::map ? 1 : 0;
    PENSTOCK_TRY(element, make(*node.inner.front(), column.child(values), field + "[]"));
    return ValueReader(node.kind == Kind::map ? read_entries : read_elements, node,
                       {std::move(element)});
  }

  Made make_record(const Node& node, ColumnWriter& column, const std::string& field) {
    const std::vector<const Field*> by_child = fields_by_child(node, column);
    if (std::ranges::count(by_child, nullptr) == std::ssize(by_child)) {
      return misfit(node, field, " with none of the column's elements");
    }
    std::vector<ValueReader> parts;
    SkipRun skipped;
    for (const Field& part : node.fields) {
      const auto filled = std::ranges::find(by_child, &part);
      if (filled == by_child.end()) {
        skipped.add(*part.type);
        continue;
      }
      const auto child = static_cast<std::size_t>(filled - by_child.begin());
      PENSTOCK_TRY(value, make(*part.type, column.child(child), field + "." + part.name));
      value.child = child;
      if (!skipped.is_empty()) parts.emplace_back(std::exchange(skipped, {}));
      parts.push_back(std::move(value));
    }
    if (!skipped.is_empty()) parts.emplace_back(std::move(skipped));
    ValueReader made(read_fields, node, std::move(parts));
    for (std::size_t child = 0; child < by_child.size(); ++child) {
      if (by_child[child] == nullptr) made.unfilled.push_back(child);
    }
    return made;
  }

  /// By name, then by alias. Elements without names, as Point has them, in order when there
  /// are as many.
  static std::vector<const Field*> fields_by_child(const Node& node, ColumnWriter& column) {
    std::vector<const Field*> found(column.children(), nullptr);
    const auto* const tuple = dynamic_cast<const TupleColumn*>(&column);
    const bool has_names = tuple == nullptr || !tuple->names().empty();
    for (std::size_t child = 0; child < found.size(); ++child) {
      if (!has_names && node.fields.size() == found.size()) found[child] = &node.fields[child];
    }
    for (const Field& field : node.fields) {
      const int child = column.child_index(field.name);
      if (child >= 0) found[static_cast<std::size_t>(child)] = &field;
    }
    for (const Field& field : node.fields) {
      if (std::ranges::find(found, &field) != found.end()) continue;
      for (const std::string& alias : field.aliases) {
        const int child = column.child_index(alias);
        if (child < 0 || found[static_cast<std::size_t>(child)] != nullptr) continue;
        found[static_cast<std::size_t>(child)] = &field;
        break;
      }
    }
    return found;
  }

  std::vector<const Node*> open_;  // whose readers are being made
};

}  // namespace

ValueReader::ValueReader(SkipRun skipped) : read_(pass), skipped_(std::move(skipped)) {}

Result<ValueReader> make_value_reader(const Node& node, ColumnWriter& sample,
                                      const std::string& field) {
  return Maker().make(node, sample, field);
}

}  // namespace penstock::avro
