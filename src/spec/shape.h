#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "spec/field_info.h"
#include "spec/findings.h"
#include "spec/read_field.h"
#include "spec/value.h"

namespace penstock::spec {

/// One field: its description, and how it gets into the struct behind `config`.
struct Field {
  FieldInfo info;
  std::function<void(void* config, const Spot& spot, Findings& findings)> read;
};

/// Keys that are free behind a prefix, e.g. "kafka." for librdkafka's own settings.
struct OpenKeys {
  std::string_view prefix;
  std::string_view help;
  std::function<void(void* config, std::string key, std::string value)> store;
};

/// The half of a Spec that does not know its struct: all that schema, reference, form and
/// messages need.
struct Shape {
  std::string_view name;
  std::string_view summary;
  std::vector<Field> fields;
  std::vector<OpenKeys> open_keys;
  std::vector<std::function<void(const void* config, Complaints& complaints)>> rules;
};

/// Fills the struct behind `config` from a map; `path` is where the map stands in the document.
/// Collects every problem: unknown keys, missing and unfit fields, broken rules. A rule's complaint
/// about a node that already has a problem is left out.
void parse_object(const Shape& shape, const Value& value, const std::string& path, void* config,
                  Findings& findings);

/// A copy of `value` with every secret of `shape` replaced by "***": for logs and echoes.
Value mask_secrets(const Shape& shape, const Value& value);

}  // namespace penstock::spec
