#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "contract/schema_source.h"
#include "formats/message_indexes.h"
#include "formats/protobuf/message_type.h"

namespace penstock::protobuf {

struct SchemaParts;

/// The messages of one schema: of its main file and of all files that imports.
///
/// Threads: any; it never changes.
class Schema {
 public:
  /// The text is one of: .proto source of any edition; base64 of it; base64 of a serialized
  /// FileDescriptorProto or FileDescriptorSet, whose last file is the main one. So are
  /// imports. google/protobuf/*.proto, confluent/meta.proto and confluent/type/decimal.proto
  /// need no import; a file that is missing matters only where a type of it is used.
  ///
  /// Errors: schema.unusable, with file, line and column where there are any.
  static Result<std::shared_ptr<const Schema>> read(const RegisteredSchema& registered);

  /// The message of the main file that a frame's indexes lead to; else the one called `name`,
  /// with package or without; else the main file's first. Errors: schema.unusable.
  Result<const MessageType*> message(const MessageIndexes& indexes, std::string_view name) const;

  /// By name with package; null when there is none.
  const MessageType* find(std::string_view name) const;

 private:
  const MessageType* find(const MessageIndexes& indexes) const;
  explicit Schema(std::shared_ptr<const SchemaParts> parts);

  std::shared_ptr<const SchemaParts> parts_;
};

}  // namespace penstock::protobuf
