#include "formats/avro/row_program.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <vector>

#include "formats/null_rule.h"

namespace penstock::avro {
namespace {

/// A column in search of the value that fills it.
struct Wanted {
  std::string_view path;  // from the record at hand
  Place place;
  bool null_is_missing = false;
};

/// Why there is no program.
struct Misfit {
  std::size_t slot;
  std::string text;
};

/// The part of a path that names a field, and what is left behind its dot.
std::string_view first_name(std::string_view path) { return path.substr(0, path.find('.')); }
std::string_view rest_of(std::string_view path) { return path.substr(first_name(path).size() + 1); }

const Field* find_field(const Node& record, std::string_view name) {
  const auto named = std::ranges::find(record.fields, name, &Field::name);
  if (named != record.fields.end()) return &*named;
  const auto called = std::ranges::find_if(
      record.fields, [name](const Field& field) { return field.is_called(name); });
  return called == record.fields.end() ? nullptr : &*called;
}

class Compiler {
 public:
  Compiler(const BlockLayout& layout, Block& sample) : layout_(layout), sample_(sample) {}

  Steps root(const Node& node, const std::vector<Wanted>& wanted) {
    if (node.kind == Kind::record) return record(node, wanted, "");
    Steps steps;
    Step& branch = steps.steps.emplace_back();
    branch.what = Step::What::branch;
    for (const Node* inner : node.inner) {
      if (inner->kind == Kind::record) {
        branch.inner.push_back(record(*inner, wanted, ""));
      } else {
        branch.inner.push_back(
            {.broken = fmt::format("it is {}, not a record", with_article(*inner))});
      }
    }
    return steps;
  }

 private:
  Steps record(const Node& node, const std::vector<Wanted>& wanted, const std::string& prefix) {
    Steps steps;
    for (const Wanted& column : wanted) {
      const bool found = find_field(node, column.path) != nullptr ||
                         find_field(node, first_name(column.path)) != nullptr;
      if (!found) steps.missing.push_back(column.place);
    }
    for (const Field& field : node.fields) add_field(node, field, wanted, prefix, steps);
    return steps;
  }

  void add_field(const Node& record, const Field& field, const std::vector<Wanted>& wanted,
                 const std::string& prefix, Steps& steps) {
    const std::string name = prefix + field.name;
    std::vector<Wanted> inside;
    std::size_t first = steps.steps.size();
    for (const Wanted& column : wanted) {
      const Field* const whole = find_field(record, column.path);
      if (whole == &field) {
        steps.steps.push_back(value_step(*field.type, column, name));
      } else if (whole == nullptr && find_field(record, first_name(column.path)) == &field) {
        Wanted part = column;
        part.path = rest_of(column.path);
        inside.push_back(part);
      }
    }
    const bool is_wanted = steps.steps.size() > first;
    for (; first < steps.steps.size(); ++first) steps.steps[first].stays = true;
    if (!inside.empty() && add_inside(*field.type, inside, name, steps)) return;
    if (is_wanted) {
      steps.steps.back().stays = false;
    } else {
      skip(*field.type, steps);
    }
  }

  Step value_step(const Node& node, const Wanted& wanted, const std::string& name) {
    Place place = wanted.place;
    place.aim_at(sample_);
    auto reader = make_value_reader(node, *place.column, name);
    if (!reader.ok()) throw Misfit{place.slot, text_of(place, reader.error().message)};
    Step step;
    step.what = Step::What::value;
    step.place = place;
    step.reader = std::move(reader).value();
    if (wanted.null_is_missing && place.level == 0) {
      step.missing_branch = node.kind == Kind::null ? 0 : node.null_branch();
    }
    return step;
  }

  static void skip(const Node& node, Steps& steps) {
    const bool goes_on = !steps.steps.empty() && steps.steps.back().what == Step::What::skip;
    if (!goes_on) steps.steps.emplace_back();
    steps.steps.back().skipped.add(node);
  }

  /// Steps to what lies inside a value. False when nothing can: then the columns are missing and
  /// the value is yet to be read.
  bool add_inside(const Node& node, const std::vector<Wanted>& wanted, const std::string& name,
                  Steps& steps) {
    if (node.kind == Kind::record) {
      Steps inner = record(node, wanted, name + ".");
      std::ranges::move(inner.steps, std::back_inserter(steps.steps));
      std::ranges::move(inner.missing, std::back_inserter(steps.missing));
      return true;
    }
    if (node.kind == Kind::choice && std::ranges::any_of(node.inner, holds_records)) {
      steps.steps.push_back(branch_step(node, wanted, name));
      return true;
    }
    if (node.kind == Kind::array && holds_records(node.inner.front())) {
      steps.steps.push_back(each_step(node, wanted, name));
      return true;
    }
    for (const Wanted& column : wanted) steps.missing.push_back(column.place);
    return false;
  }

  static bool holds_records(const Node* node) {
    if (node->kind == Kind::choice) return std::ranges::any_of(node->inner, holds_records);
    if (node->kind == Kind::array) return holds_records(node->inner.front());
    return node->kind == Kind::record;
  }

  Step branch_step(const Node& node, const std::vector<Wanted>& wanted, const std::string& name) {
    Step step;
    step.what = Step::What::branch;
    for (const Node* branch : node.inner) {
      Steps& steps = step.inner.emplace_back();
      if (!add_inside(*branch, wanted, name, steps)) skip(*branch, steps);
    }
    return step;
  }

  Step each_step(const Node& node, const std::vector<Wanted>& wanted, const std::string& name) {
    Step step;
    step.what = Step::What::each;
    step.is_empty = node.inner.front()->width == std::size_t{0};
    std::vector<Wanted> elements = wanted;
    for (Wanted& column : elements) {
      Place array = column.place;
      array.aim_at(sample_);
      if (array.column->shape() != Shape::list) {
        throw Misfit{array.slot,
                     text_of(array, fmt::format("parts of field \"{}\", {}: an Array is needed",
                                                name, with_article(node)))};
      }
      step.arrays.push_back(array);
      ++column.place.level;
    }
    Steps& inner = step.inner.emplace_back();
    if (!add_inside(*node.inner.front(), elements, name + "[]", inner)) {
      skip(*node.inner.front(), inner);
    }
    return step;
  }

  std::string text_of(const Place& place, std::string_view what) const {
    const TableColumn& column = layout_.columns[place.slot];
    return fmt::format("column \"{}\" {}: cannot take {}", column.name, to_string(column.type),
                       what);
  }

  const BlockLayout& layout_;
  Block& sample_;
};

RecordRefusal unusable(std::string text) {
  return {.code = "schema.unusable", .detail = std::move(text)};
}

}  // namespace

RowProgram::Made RowProgram::make(const RegisteredSchema& text, const Mapping& mapping,
                                  Block& sample) {
  auto read = Schema::read(text);
  if (!read.ok()) return unusable(read.error().message);
  Schema schema = std::move(read).value();
  const Node& root = schema.root();
  const auto is_record = [](const Node* node) { return node->kind == Kind::record; };
  const bool has_records = root.kind == Kind::choice && std::ranges::any_of(root.inner, is_record);
  if (!is_record(&root) && !has_records) {
    return unusable(fmt::format("its root is {}, a row needs a record", with_article(root)));
  }
  std::vector<Wanted> wanted;
  for (const PayloadTarget& target : mapping.payload) {
    wanted.push_back({.path = target.field,
                      .place = {.slot = target.slot},
                      .null_is_missing = null_is_missing(mapping.layout->columns[target.slot])});
  }
  try {
    Steps steps = Compiler(*mapping.layout, sample).root(root, wanted);
    return std::unique_ptr<RowProgram>(new RowProgram(std::move(schema), std::move(steps)));
  } catch (Misfit& misfit) {
    RecordRefusal refusal = unusable(std::move(misfit.text));
    refusal.slot = misfit.slot;
    return refusal;
  }
}

}  // namespace penstock::avro
