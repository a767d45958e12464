#include "formats/protobuf/schema.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <google/protobuf/stubs/logging.h>

#include <iterator>
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

const MessageType* Schema::find(const MessageIndexes& indexes) const {
  if (!indexes.by_full_name) {
    const auto found = parts_->by_indexes.find(indexes.path);
    return found == parts_->by_indexes.end() ? nullptr : found->second;
  }
  const auto& sorted = parts_->by_full_name;
  const auto place = static_cast<std::size_t>(indexes.path.front());
  return place < sorted.size() ? std::next(sorted.begin(), indexes.path.front())->second : nullptr;
}

Result<const MessageType*> Schema::message(const MessageIndexes& indexes,
                                           std::string_view name) const {
  if (indexes.empty() && name.empty()) return find(MessageIndexes{.path = {0}});
  if (!indexes.empty()) {
    if (const MessageType* const found = find(indexes)) return found;
    return unusable_schema(
        fmt::format("it has no message with the indexes [{}]", fmt::join(indexes.path, ", ")));
  }
  const MessageType* found = find(name);
  if (found == nullptr) found = find(fmt::format("{}.{}", parts_->package, name));
  if (found != nullptr) return found;
  return unusable_schema(fmt::format("it has no message called {}", name));
}

const MessageType* Schema::find(std::string_view name) const {
  const auto found = parts_->messages.find(name);
  return found == parts_->messages.end() ? nullptr : found->second.get();
}

}  // namespace penstock::protobuf
