#pragma once

#include <google/protobuf/descriptor.h>

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "base/result.h"
#include "formats/protobuf/message_type.h"

namespace penstock::protobuf {

/// What a Schema holds.
struct SchemaParts {
  std::map<std::string, std::unique_ptr<MessageType>, std::less<>> messages;
  std::vector<std::unique_ptr<EnumType>> enums;
  std::string package;  // of the main file
  /// The main file's messages by their indexes, map entries not counted.
  std::map<std::vector<std::int32_t>, const MessageType*> by_indexes;
  /// The main file's messages by their full names, nested ones and map entries too.
  std::map<std::string, const MessageType*> by_full_name;
};

/// Describes all messages of `main` and what it imports in our own words.
/// `implicit`: full names of fields whose presence is not kept, of files with editions.
/// Errors: schema.unusable where a type is used that no file defines.
Result<SchemaParts> describe(const google::protobuf::FileDescriptor& main,
                             const std::set<std::string>& implicit);

}  // namespace penstock::protobuf
