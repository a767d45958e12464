#pragma once

#include <cstdint>

#include "formats/avro/message.h"

namespace penstock::avro {

/// The head of the next block of an array or map: how many elements follow, 0 at the end.
/// `behind`: where the block ends when the message says so, else null.
/// `is_empty`: elements take no bytes.
const char* read_block(Message& message, const char* at, bool is_empty, std::uint64_t& count,
                       const char*& behind);

/// Reads an array or map: `read` takes the place of an element, gives back the one behind it.
/// With `skips` it need not be asked where the end is known.
template <bool skips = false, class Read>
const char* read_blocks(Message& message, const char* at, bool is_empty, Read&& read) {
  for (;;) {
    std::uint64_t count = 0;
    const char* behind = nullptr;
    at = read_block(message, at, is_empty, count, behind);
    if (at == nullptr || count == 0) return at;
    if (skips && (is_empty || behind != nullptr)) {
      if (behind != nullptr) at = behind;
      continue;
    }
    for (; count > 0; --count) {
      at = read(at);
      if (at == nullptr) return nullptr;
    }
    if (behind != nullptr && at != behind) {
      return message.broken(at, "a block that does not end where it says");
    }
  }
}

}  // namespace penstock::avro
