#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "contract/schema_source.h"

namespace penstock::avro {

enum class Kind : std::uint8_t {
  null,
  boolean,
  int32,
  int64,
  float32,
  float64,
  bytes,
  string,
  fixed,
  enumeration,
  record,
  array,
  map,
  choice,  // a union
};

/// What a value means beyond its kind. A schema that states a meaning its kind cannot have
/// is read as if it stated none, as the Avro specification wants it.
enum class Logical : std::uint8_t {
  none,
  decimal,  // bytes, fixed
  uuid,     // string, fixed of 16 bytes
  date,     // int32: days
  time_millis,
  time_micros,
  timestamp_millis,
  timestamp_micros,
  timestamp_nanos,
  local_timestamp_millis,
  local_timestamp_micros,
  local_timestamp_nanos,
  duration,  // fixed of 12 bytes: months, days, milliseconds
};

struct Node;

struct Field {
  std::string name;
  std::vector<std::string> aliases;
  const Node* type = nullptr;

  bool is_called(std::string_view other) const;
};

/// One type of a schema. Types that refer to each other point to each other, also in circles.
struct Node {
  Kind kind = Kind::null;
  Logical logical = Logical::none;
  int precision = 0;                 // decimal: digits
  int scale = 0;                     // decimal: those of them behind the point
  std::size_t size = 0;              // fixed: bytes
  std::string name;                  // record, enumeration, fixed: with its namespace
  std::vector<Field> fields;         // record
  std::vector<std::string> symbols;  // enumeration
  std::vector<const Node*> inner;    // array, map: the element; choice: the branches
  /// How many bytes each value takes, where that is always the same.
  std::optional<std::size_t> width;

  /// Its index among the branches of a choice, or -1.
  int null_branch() const;
};

/// For texts: `record "shop.Order"`, `array`, `long (timestamp-millis)`.
std::string to_string(const Node& node);
/// `a record "shop.Order"`, `an array`.
std::string with_article(const Node& node);

/// A writer's schema. Never changes; nodes live as long as it does.
class Schema {
 public:
  /// Reads the JSON text of a schema and of those it refers to.
  /// Errors: schema.unusable, with the place: "$.fields[2].type: there is no type \"Money\"".
  static Result<Schema> read(const RegisteredSchema& text);

  const Node& root() const noexcept { return *root_; }

 private:
  Schema() = default;

  std::deque<Node> nodes_;
  const Node* root_ = nullptr;
};

}  // namespace penstock::avro
