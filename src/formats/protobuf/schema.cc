#include "formats/protobuf/schema.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <google/protobuf/stubs/logging.h>

#include <utility>

#include "formats/protobuf/schema_files_private.h"
#include "formats/protobuf/schema_parts_private.h"

namespace penstock::protobuf {

Schema::Schema(std::shared_ptr<const SchemaParts> parts) : parts_(std::move(parts)) {}

Result<std::shared_ptr<const Schema>> Schema::read(const RegisteredSchema& registered) {
  const google::protobuf::LogSilencer no_warnings_on_the_terminal;
  SchemaFiles files;
  for (const RegisteredSchema::Import& import : registered.imports) {
    PENSTOCK_TRY(added, files.add(import.name, import.text));
  }
  PENSTOCK_TRY(main, files.add(std::string(kMainFile), registered.text));
  google::protobuf::DescriptorPool pool(&files, &files);
  pool.AllowUnknownDependencies();  // what is missing is told by describe()
  const google::protobuf::FileDescriptor* const file = pool.FindFileByName(main);
  if (!files.problems().empty()) return unusable_schema(files.problems());
  if (file == nullptr) return unusable_schema("libprotobuf refuses the file without a reason");
  auto described = describe(*file, files.implicit_fields());
  if (!described.ok() && !files.missing().empty()) {
    return unusable_schema(fmt::format("{}; imported files nobody gave: {}",
                                       described.error().message, files.missing()));
  }
  if (!described.ok()) return std::move(described).error();
  auto parts = std::make_shared<const SchemaParts>(std::move(described).value());
  if (parts->by_indexes.empty()) return unusable_schema("it defines no message");
  return std::shared_ptr<const Schema>(new Schema(std::move(parts)));
}

Result<const MessageType*> Schema::message(const std::vector<std::int32_t>& indexes,
                                           std::string_view name) const {
  const SchemaParts& all = *parts_;
  if (!indexes.empty() || name.empty()) {
    const auto found = all.by_indexes.find(indexes.empty() ? std::vector{0} : indexes);
    if (found != all.by_indexes.end()) return found->second;
    return unusable_schema(
        fmt::format("it has no message with the indexes [{}]", fmt::join(indexes, ", ")));
  }
  const MessageType* found = find(name);
  if (found == nullptr) found = find(fmt::format("{}.{}", all.package, name));
  if (found != nullptr) return found;
  return unusable_schema(fmt::format("it has no message called {}", name));
}

const MessageType* Schema::find(std::string_view name) const {
  const auto found = parts_->messages.find(name);
  return found == parts_->messages.end() ? nullptr : found->second.get();
}

}  // namespace penstock::protobuf
