#include "spec/json_schema.h"

#include <nlohmann/json.hpp>

#include "spec/shape.h"

namespace penstock::spec {
namespace {

using Json = nlohmann::ordered_json;

Json object_schema(const Shape& shape);

/// A limit as a whole number where it is one, so that editors do not show "1.0".
Json limit(double amount) {
  const auto whole = static_cast<std::int64_t>(amount);
  if (static_cast<double>(whole) == amount) return whole;
  return amount;
}

void add_type(Json& schema, const FieldInfo& info) {
  switch (info.kind) {
    case Kind::boolean: schema["type"] = "boolean"; break;
    case Kind::integer: schema["type"] = "integer"; break;
    case Kind::number: schema["type"] = "number"; break;
    case Kind::duration:
    case Kind::bytes: schema["type"] = {"integer", "string"}; break;
    case Kind::text:
      schema["type"] = info.text_or_number ? Json{"string", "number"} : Json("string");
      break;
    case Kind::choice: schema["type"] = "string"; break;
    case Kind::list: schema["type"] = "array"; break;
    case Kind::object: break;  // comes with its own schema
    case Kind::settings:
      schema["type"] = "object";
      schema["additionalProperties"] = {{"type", {"string", "number", "boolean", "null"}}};
      break;
  }
}

void add_limits(Json& schema, const FieldInfo& info) {
  const bool text = info.kind == Kind::text;
  if (info.minimum) schema[text ? "minLength" : "minimum"] = limit(*info.minimum);
  if (info.maximum) schema[text ? "maxLength" : "maximum"] = limit(*info.maximum);
  if (!info.pattern.empty()) schema["pattern"] = whole_text_pattern(info);
}

void add_choices(Json& schema, const FieldInfo& info) {
  if (info.choices.empty()) return;
  Json names = Json::array();
  Json sentences = Json::array();
  for (const ChoiceInfo& choice : info.choices) {
    names.push_back(choice.name);
    sentences.push_back(choice.help);
  }
  schema["enum"] = std::move(names);
  schema["enumDescriptions"] = std::move(sentences);
}

void add_default(Json& schema, const FieldInfo& info) {
  if (info.default_text.empty()) return;
  const bool quoted = info.kind == Kind::text || info.kind == Kind::choice;
  schema["default"] = quoted ? Json(info.default_text) : Json::parse(info.default_text);
}

Json form_hints(const FieldInfo& info) {
  Json hints{{"group", info.group}};
  if (info.advanced) hints["advanced"] = true;
  if (info.live) hints["live"] = true;
  if (!info.suggestions.empty()) hints["suggest"] = info.suggestions;
  if (!info.unit.empty()) hints["unit"] = info.unit;
  if (!info.since.empty()) hints["since"] = info.since;
  if (info.kind == Kind::duration) hints["kind"] = "duration_ms";
  if (info.kind == Kind::bytes) hints["kind"] = "bytes";
  return hints;
}

Json item_schema(const FieldInfo& info) {
  if (info.nested != nullptr) return object_schema(*info.nested);
  return {{"type", "string"}, {"minLength", 1}};
}

Json field_schema(const FieldInfo& info) {
  Json schema = Json::object();
  schema["description"] = info.help;
  add_type(schema, info);
  if (info.kind == Kind::list) schema["items"] = item_schema(info);
  if (info.kind == Kind::object) {
    Json nested = object_schema(*info.nested);
    nested.erase("description");
    schema.update(nested);
  }
  add_limits(schema, info);
  add_choices(schema, info);
  add_default(schema, info);
  if (!info.example.empty()) schema["examples"] = Json::array({info.example});
  if (info.secret) schema["writeOnly"] = true;
  schema["x-ui"] = form_hints(info);
  return schema;
}

Json object_schema(const Shape& shape) {
  Json schema{{"description", shape.summary}, {"type", "object"}};
  Json required = Json::array();
  Json properties = Json::object();
  for (const Field& field : shape.fields) {
    properties[std::string(field.info.name)] = field_schema(field.info);
    if (field.info.required) required.push_back(field.info.name);
  }
  if (!required.empty()) schema["required"] = std::move(required);
  schema["properties"] = std::move(properties);
  for (const OpenKeys& open : shape.open_keys) {
    std::string pattern = "^";
    for (const char c : open.prefix) pattern += c == '.' ? std::string("\\.") : std::string(1, c);
    schema["patternProperties"][pattern + ".+"] = {
        {"description", open.help}, {"type", {"string", "number", "boolean", "null"}}};
  }
  schema["additionalProperties"] = false;
  return schema;
}

}  // namespace

std::string json_schema(const Shape& shape) {
  Json schema{{"$schema", "https://json-schema.org/draft/2020-12/schema"}, {"title", shape.name}};
  schema.update(object_schema(shape));
  return schema.dump(2) + "\n";
}

}  // namespace penstock::spec
