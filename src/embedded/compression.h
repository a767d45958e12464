#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

namespace penstock::embedded {

/// Takes plain bytes as they come out of a Decoder.
using ByteSink = std::function<void(std::string_view)>;

/// Undoes one Content-Encoding, piece by piece, in constant memory.
class Decoder {
 public:
  virtual ~Decoder() = default;
  virtual Status write(std::string_view packed, const ByteSink& sink) = 0;
  /// The input is over: an error when it stopped in the middle.
  virtual Status finish() = 0;
};

/// Applies one Content-Encoding. What write() returns can be sent at once and
/// holds everything written so far.
class Encoder {
 public:
  virtual ~Encoder() = default;
  virtual std::string write(std::string_view plain) = 0;
  virtual std::string finish() = 0;
};

/// gzip, deflate, lz4 (frames) or zstd; null for a name that is not one of them.
std::unique_ptr<Decoder> make_decoder(std::string_view encoding);
std::unique_ptr<Encoder> make_encoder(std::string_view encoding);

/// The encoding to answer with: the first of zstd, lz4, gzip, deflate that the
/// Accept-Encoding header names without q=0; empty when there is none.
std::string choose_encoding(std::string_view accept_encoding);

}  // namespace penstock::embedded
