#include "formats/tests/protobuf_encoder.h"

#include <google/protobuf/compiler/parser.h>
#include <google/protobuf/descriptor.pb.h>
#include <google/protobuf/io/tokenizer.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <google/protobuf/text_format.h>

#include <stdexcept>

namespace penstock {
namespace {

namespace pb = google::protobuf;

class ThrowErrors final : public pb::io::ErrorCollector {
 public:
  void AddError(int line, pb::io::ColumnNumber /*column*/, const std::string& message) override {
    throw std::runtime_error("line " + std::to_string(line + 1) + ": " + message);
  }
};

}  // namespace

ProtobufEncoder::ProtobufEncoder(const std::string& schema,
                                 const std::map<std::string, std::string>& imports)
    : pool_(pb::DescriptorPool::generated_pool()), factory_(&pool_) {
  for (const auto& [name, source] : imports) add(name, source);
  main_ = &add("main.proto", schema);
}

const pb::FileDescriptor& ProtobufEncoder::add(const std::string& name, const std::string& source) {
  pb::io::ArrayInputStream stream(source.data(), static_cast<int>(source.size()));
  ThrowErrors errors;
  pb::io::Tokenizer tokenizer(&stream, &errors);
  pb::compiler::Parser parser;
  parser.RecordErrorsTo(&errors);
  pb::FileDescriptorProto file;
  parser.Parse(&tokenizer, &file);
  file.set_name(name);
  const pb::FileDescriptor* const built = pool_.BuildFile(file);
  if (built == nullptr) throw std::runtime_error("libprotobuf refuses " + name + ":\n" + source);
  return *built;
}

std::unique_ptr<pb::Message> ProtobufEncoder::make(const std::string& message) {
  const pb::Descriptor* type =
      message.empty() ? main_->message_type(0) : pool_.FindMessageTypeByName(message);
  if (type == nullptr) throw std::runtime_error("no message " + message);
  return std::unique_ptr<pb::Message>(factory_.GetPrototype(type)->New());
}

std::string ProtobufEncoder::encode(const std::string& text, const std::string& message) {
  const auto made = make(message);
  ThrowErrors errors;
  pb::TextFormat::Parser parser;
  parser.RecordErrorsTo(&errors);
  parser.AllowPartialMessage(true);
  if (!parser.ParseFromString(text, made.get())) throw std::runtime_error("cannot read " + text);
  return made->SerializePartialAsString();
}

}  // namespace penstock
