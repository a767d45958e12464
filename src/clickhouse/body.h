#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>

#include "model/record.h"

namespace penstock::clickhouse {

enum class Encoding : std::uint8_t { identity, lz4 };

/// What a request sends, read piece by piece by the HTTP client.
/// Threads: one. Owns: nothing of the pieces it reads from.
class Body {
 public:
  virtual ~Body() = default;

  /// Bytes put into `into`; 0 at the end. Nothing when encoding failed.
  virtual std::optional<std::size_t> read(std::span<std::byte> into) = 0;
  /// Starts again from the first byte.
  virtual void rewind() = 0;
  /// Bytes in all, where known before reading.
  virtual std::optional<std::size_t> size() const = 0;
};

/// A body of the pieces as they are, or as one LZ4 frame made while reading.
/// `pieces` must outlive it.
std::unique_ptr<Body> make_body(std::span<const Bytes> pieces, Encoding encoding);

}  // namespace penstock::clickhouse
