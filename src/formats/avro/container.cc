#include "formats/avro/container.h"

#include "formats/avro/blocks.h"

namespace penstock::avro {
namespace {

constexpr std::size_t kSyncBytes = 16;

}  // namespace

const char* ContainerHead::read(Message& message, const char* at) {
  at = read_blocks(message, at, false, [&](const char* next) {
    std::string_view key;
    std::string_view value;
    next = read_text(message, next, key);
    if (next != nullptr) next = read_text(message, next, value);
    if (key == "avro.schema") schema = value;
    if (key == "avro.codec") codec = value;
    return next;
  });
  return at == nullptr ? nullptr : read_bytes(message, at, kSyncBytes, sync);
}

const char* ContainerBlock::read(Message& message, const char* at, std::string_view sync) {
  std::int64_t count = 0;
  at = read_long(message, at, count);
  if (at == nullptr) return nullptr;
  if (count < 0) return message.broken(at, "a count of rows below zero");
  rows = static_cast<std::uint64_t>(count);
  at = read_text(message, at, packed);
  if (at == nullptr) return nullptr;
  std::string_view found;
  const char* const behind = read_bytes(message, at, kSyncBytes, found);
  if (behind == nullptr) return nullptr;
  return found == sync ? behind : message.broken(at, "a block does not end with the file's mark");
}

std::optional<std::string> schema_of_file(std::string_view message) {
  Message file;
  file.begin(message);
  ContainerHead head;
  const bool is_whole = message.starts_with(kContainerMagic) &&
                        head.read(file, file.start + kContainerMagic.size()) != nullptr;
  return is_whole ? std::optional<std::string>(head.schema) : std::nullopt;
}

}  // namespace penstock::avro
