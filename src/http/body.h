#pragma once

#include <cstddef>
#include <optional>
#include <span>

namespace penstock::http {

/// What a request sends, read piece by piece by the client, and once: who sends it again makes
/// another one, and knows that it does.
/// Threads: one.
class Body {
 public:
  virtual ~Body() = default;

  /// Bytes put into `into`; 0 at the end. Nothing when encoding failed.
  virtual std::optional<std::size_t> read(std::span<std::byte> into) = 0;
  /// Bytes in all, where known before reading.
  virtual std::optional<std::size_t> size() const = 0;
};

}  // namespace penstock::http
