#pragma once

#include <google/protobuf/dynamic_message.h>

#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace penstock {

/// Protobuf's own library with a schema: what messages are to be encoded with and compared to.
/// Throws std::runtime_error for a schema or a text it cannot read.
class ProtobufEncoder {
 public:
  explicit ProtobufEncoder(const std::string& schema,
                           const std::map<std::string, std::string>& imports = {});

  /// An empty message: of that name, else the schema's first.
  std::unique_ptr<google::protobuf::Message> make(const std::string& message = {});
  /// The bytes of a message spelt in Protobuf's text format.
  std::string encode(const std::string& text, const std::string& message = {});

 private:
  const google::protobuf::FileDescriptor& add(const std::string& name, const std::string& source);

  google::protobuf::DescriptorPool pool_;
  google::protobuf::DynamicMessageFactory factory_;
  const google::protobuf::FileDescriptor* main_ = nullptr;
};

}  // namespace penstock
