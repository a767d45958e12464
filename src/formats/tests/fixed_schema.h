#pragma once

#include <memory>
#include <utility>

#include "contract/schema_source.h"

namespace penstock {

/// Answers every name with one schema.
class FixedSchema final : public SchemaSource {
 public:
  explicit FixedSchema(RegisteredSchema schema)
      : schema_(std::make_shared<const RegisteredSchema>(std::move(schema))) {}

  Result<std::shared_ptr<const RegisteredSchema>> find(const SchemaName& /*name*/) override {
    return schema_;
  }

 private:
  std::shared_ptr<const RegisteredSchema> schema_;
};

}  // namespace penstock
