#include "spec/shape.h"

#include <fmt/format.h>

#include <algorithm>

#include "spec/nearest_name.h"
#include "spec/path.h"

namespace penstock::spec {
namespace {

const Field* field_named(const Shape& shape, std::string_view key) {
  const auto fits = [&](const Field& field) {
    return field.info.name == key || (!field.info.formerly.empty() && field.info.formerly == key);
  };
  const auto found = std::find_if(shape.fields.begin(), shape.fields.end(), fits);
  return found == shape.fields.end() ? nullptr : &*found;
}

std::string unknown_key_message(const Shape& shape, std::string_view key) {
  std::vector<std::string_view> names;
  for (const Field& field : shape.fields) names.push_back(field.info.name);
  const std::string_view near = nearest_name(key, names);
  if (!near.empty()) return fmt::format("there is no such setting; did you mean `{}`?", near);
  std::string known;
  for (const std::string_view name : names)
    known += fmt::format("{}{}", known.empty() ? "" : ", ", name);
  for (const OpenKeys& open : shape.open_keys) known += fmt::format(", {}<name>", open.prefix);
  return fmt::format("there is no such setting; known are {}", known);
}

/// Takes the keys behind an open prefix; complains about the others nobody knows.
void read_other_key(const Shape& shape, const Entry& entry, const std::string& path, void* config,
                    Findings& findings) {
  for (const OpenKeys& open : shape.open_keys) {
    if (!entry.key.starts_with(open.prefix) || entry.key.size() == open.prefix.size()) continue;
    const bool scalar = !entry.value.get_if<Value::List>() && !entry.value.get_if<Value::Map>();
    if (!scalar) {
      findings.problems.push_back({.path = path,
                                   .message = "must be a plain value",
                                   .found = describe(entry.value),
                                   .place = entry.value.place()});
    } else if (!entry.value.is_null()) {
      open.store(config, entry.key.substr(open.prefix.size()), scalar_text(entry.value));
    }
    return;
  }
  findings.problems.push_back(
      {.path = path, .message = unknown_key_message(shape, entry.key), .place = entry.place});
}

/// The entry a field is read from: under its name, or under the one it once had.
const Value* value_of(const FieldInfo& info, const Value& value, const std::string& path,
                      Findings& findings) {
  const Value* current = value.find(info.name);
  const Value* former = info.formerly.empty() ? nullptr : value.find(info.formerly);
  if (former == nullptr) return current;
  const std::string former_path = path_to(path, info.formerly);
  if (current != nullptr) {
    findings.problems.push_back({.path = former_path,
                                 .message = fmt::format("is the former name of `{}`, which is "
                                                        "given too; remove it",
                                                        info.name),
                                 .place = former->place()});
    return current;
  }
  findings.warnings.push_back({.path = former_path,
                               .message = fmt::format("is now called `{}`", info.name),
                               .place = former->place()});
  return former;
}

std::string required_message(const FieldInfo& info) {
  if (info.example.empty()) return "is required";
  return fmt::format("is required, e.g. {}", info.example);
}

void run_rules(const Shape& shape, const Value& value, const std::string& path, const void* config,
               Findings& findings) {
  Complaints complaints;
  for (const auto& rule : shape.rules) rule(config, complaints);
  for (const Problem& complaint : complaints.list()) {
    const bool indexed = complaint.path.starts_with('[');
    const bool join = !path.empty() && !complaint.path.empty() && !indexed;
    Problem problem = complaint;
    problem.path = path + (join ? "." : "") + complaint.path;
    problem.place = place_of(value, complaint.path);
    if (!speaks_of(findings.problems, problem.path)) findings.problems.push_back(problem);
  }
}

/// Free settings have no description that would call them secret; their names do.
bool sounds_secret(std::string_view key) {
  const auto holds = [&](std::string_view word) { return key.find(word) != key.npos; };
  return holds("password") || holds("secret") || holds("token") || holds("key");
}

Value masked_field(const FieldInfo& info, const Value& value) {
  if (info.secret) return Value(std::string("***"), value.place());
  if (info.nested == nullptr) return value;
  const auto* list = value.get_if<Value::List>();
  if (list == nullptr) return mask_secrets(*info.nested, value);
  Value::List out;
  for (const Value& item : *list) out.push_back(mask_secrets(*info.nested, item));
  return Value(std::move(out), value.place());
}

}  // namespace

void parse_object(const Shape& shape, const Value& value, const std::string& path, void* config,
                  Findings& findings) {
  const auto* map = value.get_if<Value::Map>();
  if (map == nullptr) {
    FieldInfo whole;
    whole.kind = Kind::object;
    add_unfit({whole, value, path}, findings);
    return;
  }
  for (const Entry& entry : *map) {
    if (field_named(shape, entry.key) != nullptr) continue;
    read_other_key(shape, entry, path_to(path, entry.key), config, findings);
  }
  for (const Field& field : shape.fields) {
    const Value* given = value_of(field.info, value, path, findings);
    const std::string field_path = path_to(path, field.info.name);
    if (given != nullptr && !given->is_null()) {
      field.read(config, {field.info, *given, field_path}, findings);
    } else if (field.info.required) {
      findings.problems.push_back({.path = field_path,
                                   .message = required_message(field.info),
                                   .place = given ? given->place() : value.place()});
    }
  }
  run_rules(shape, value, path, config, findings);
}

Value mask_secrets(const Shape& shape, const Value& value) {
  const auto* map = value.get_if<Value::Map>();
  if (map == nullptr) return value;
  Value::Map out;
  for (const Entry& entry : *map) {
    const Field* field = field_named(shape, entry.key);
    Value masked = entry.value;
    if (field != nullptr) {
      masked = masked_field(field->info, entry.value);
    } else if (sounds_secret(entry.key)) {
      masked = Value(std::string("***"), entry.value.place());
    }
    out.push_back({entry.key, entry.place, std::move(masked)});
  }
  return Value(std::move(out), value.place());
}

}  // namespace penstock::spec
