#include "formats/avro/blocks.h"

namespace penstock::avro {

const char* read_block(Message& message, const char* at, bool is_empty, std::uint64_t& count,
                       const char*& behind) {
  const char* const first = at;
  std::int64_t number = 0;
  at = read_long(message, at, number);
  if (at == nullptr) return nullptr;
  behind = nullptr;
  count = static_cast<std::uint64_t>(number);
  if (number < 0) {
    count = -count;
    std::int64_t size = 0;
    at = read_long(message, at, size);
    if (at == nullptr) return nullptr;
    if (static_cast<std::uint64_t>(size) > message.left(at)) {
      return message.broken(first, "a block longer than the message");
    }
    behind = at + size;
  }
  if (is_empty) {
    if (count > Message::kMostEmptyValues - message.empty_values) {
      return message.too_large(first, "it has more than 65536 elements without bytes");
    }
    message.empty_values += count;
  } else if (count > message.left(at)) {
    return message.broken(first, "more elements than the message has bytes");
  }
  return at;
}

}  // namespace penstock::avro
