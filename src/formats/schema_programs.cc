#include "formats/schema_programs.h"

#include <fmt/format.h>

namespace penstock {
namespace {

std::string_view name_of(SchemaType type) {
  switch (type) {
    case SchemaType::avro: return "Avro";
    case SchemaType::protobuf: return "Protobuf";
    case SchemaType::json: return "JSON";
  }
  return "unknown";
}

}  // namespace

std::string schema_text(const SchemaName& name) {
  const bool is_configured = std::holds_alternative<ConfiguredSchema>(name);
  return is_configured ? to_string(name) : "schema " + to_string(name);
}

std::shared_ptr<const RegisteredSchema> SchemaLookup::find(const SchemaName& name) {
  if (source_ == nullptr) {
    refuse({.code = "schema.unknown",
            .detail = fmt::format("the message was written with {}, but the pipe names neither a "
                                  "registry nor a schema",
                                  schema_text(name))});
    return nullptr;
  }
  auto found = source_->find(name);
  if (!found.ok()) {
    const Error& error = found.error();
    if (error.fault == Fault::data) {
      refuse({.code = error.code, .detail = error.text()});
    } else {
      outage_ = error;
    }
    return nullptr;
  }
  auto schema = std::move(found).value();
  if (schema->type == type_) return schema;
  refuse({.code = "schema.unusable",
          .detail = fmt::format("{} is written in {}, the pipe reads {}", schema_text(name),
                                name_of(schema->type), name_of(type_))});
  return nullptr;
}

void SchemaLookup::refuse(RecordRefusal refusal) {
  refusal_ = std::move(refusal);
  outage_.reset();
}

}  // namespace penstock
