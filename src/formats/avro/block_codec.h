#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "formats/inflater.h"

namespace penstock::avro {

/// Unpacks the blocks of object container files: null, deflate, snappy, zstandard.
///
/// Threads: one. The memory is reused.
class BlockCodec {
 public:
  explicit BlockCodec(std::size_t max_bytes)
      : max_bytes_(max_bytes), inflater_(max_bytes, Inflater::Wrapping::none) {}

  /// What is wrong, or nothing when `block` holds what was packed, until the next call.
  /// `codec`: by its name in the file; empty means null.
  std::string_view unpack(std::string_view codec, std::string_view packed, std::string_view& block);

 private:
  std::string_view unpack_snappy(std::string_view packed, std::string_view& block);
  std::string_view unpack_zstandard(std::string_view packed, std::string_view& block);

  const std::size_t max_bytes_;
  Inflater inflater_;
  std::string buffer_;
};

/// The answer of BlockCodec for blocks above its limit.
constexpr std::string_view kLongBlock = "it unpacks to more bytes than a message may have";

}  // namespace penstock::avro
