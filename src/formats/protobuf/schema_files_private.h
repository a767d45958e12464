#pragma once

#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>
#include <google/protobuf/descriptor_database.h>

#include <google/protobuf/compiler/parser.h>

#include <list>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "base/result.h"

namespace penstock::protobuf {

/// The files of one schema, in whatever form they came, as a DescriptorPool asks for them;
/// and all that is wrong with them.
class SchemaFiles final : public google::protobuf::DescriptorDatabase,
                          public google::protobuf::DescriptorPool::ErrorCollector {
 public:
  /// The file, or each of a descriptor set; see Schema::read(). Gives back the name of the
  /// last file. Errors: schema.unusable.
  Result<std::string> add(const std::string& name, std::string_view text);

  /// "line 3, column 5: …; shop/item.proto line 7, …"; empty when nothing is wrong.
  const std::string& problems() const noexcept { return problems_; }
  /// Imported files that nobody has: "a.proto, b.proto".
  const std::string& missing() const noexcept { return missing_; }
  /// Full names of fields whose presence is not kept, of files with editions.
  const std::set<std::string>& implicit_fields() const noexcept { return implicit_; }

  bool FindFileByName(const std::string& name,
                      google::protobuf::FileDescriptorProto* file) override;
  bool FindFileContainingSymbol(const std::string& /*name*/,
                                google::protobuf::FileDescriptorProto* /*file*/) override {
    return false;
  }
  bool FindFileContainingExtension(const std::string& /*type*/, int /*number*/,
                                   google::protobuf::FileDescriptorProto* /*file*/) override {
    return false;
  }
  void AddError(const std::string& file, const std::string& element,
                const google::protobuf::Message* descriptor, ErrorLocation location,
                const std::string& message) override;

  /// Notes what is wrong at a place, counted from 0; below that, nowhere in particular.
  void add_problem(const std::string& file, int line, int column, const std::string& message);

 private:
  bool parse(const std::string& name, const std::string& source,
             google::protobuf::FileDescriptorProto& file);

  std::map<std::string, std::string> sources_;
  std::map<std::string, google::protobuf::FileDescriptorProto> compiled_;
  std::map<std::string, google::protobuf::compiler::SourceLocationTable> locations_;
  std::set<std::string> implicit_;
  std::string problems_;
  std::string missing_;
};

/// How the main file is called when its text is all there is.
inline constexpr std::string_view kMainFile = "(schema)";

/// A schema that cannot be used.
Error unusable_schema(std::string message);

}  // namespace penstock::protobuf
