#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

struct z_stream_s;

namespace penstock {

/// Takes zlib streams (RFC 1950) or bare deflate streams (RFC 1951) apart, one message after the
/// other, in memory that is reused.
/// Threads: one.
class Inflater {
 public:
  enum class Outcome : std::uint8_t { whole, broken, too_large };

  enum class Wrapping : std::uint8_t { zlib, none };

  explicit Inflater(std::size_t max_bytes, Wrapping wrapping = Wrapping::zlib)
      : max_bytes_(max_bytes), wrapping_(wrapping) {}

  /// All of `packed` has to be one stream.
  Outcome inflate(std::string_view packed);

  /// What the last whole stream held; until the next one.
  std::string_view bytes() const noexcept { return {buffer_.data(), size_}; }

 private:
  struct EndStream {
    void operator()(z_stream_s* stream) const;
  };
  bool start();

  const std::size_t max_bytes_;
  const Wrapping wrapping_;
  std::unique_ptr<z_stream_s, EndStream> stream_;
  std::vector<char> buffer_;
  std::size_t size_ = 0;
};

}  // namespace penstock
