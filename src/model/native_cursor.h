#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "base/check.h"

namespace penstock {

/// Walks the bytes of a column in ClickHouse's Native layout. Bytes that end too
/// early break a promise of ours: only our own columns are read with it.
class NativeCursor {
 public:
  explicit NativeCursor(std::string_view bytes) : rest_(bytes) {}

  std::string_view take(std::size_t count) {
    PENSTOCK_CHECK(count <= rest_.size(), "a column holds as many bytes as its rows need");
    const std::string_view taken = rest_.substr(0, count);
    rest_.remove_prefix(count);
    return taken;
  }

  template <class T>
  T number() {
    T value;
    std::memcpy(&value, take(sizeof(T)).data(), sizeof(T));
    return value;
  }

  std::size_t varint() {
    std::size_t value = 0;
    for (unsigned shift = 0;; shift += 7) {
      const auto byte = number<std::uint8_t>();
      value |= std::size_t{byte & 0x7Fu} << shift;
      if (byte < 0x80) return value;
    }
  }

  bool at_end() const { return rest_.empty(); }

 private:
  std::string_view rest_;
};

}  // namespace penstock
