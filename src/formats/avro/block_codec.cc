#include "formats/avro/block_codec.h"

#include <snappy.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <memory>

namespace penstock::avro {
namespace {

constexpr std::string_view kBrokenBlock = "a block cannot be unpacked";

struct FreeStream {
  void operator()(ZSTD_DStream* stream) const { ZSTD_freeDStream(stream); }
};

}  // namespace

std::string_view BlockCodec::unpack(std::string_view codec, std::string_view packed,
                                    std::string_view& block) {
  if (codec == "snappy") return unpack_snappy(packed, block);
  if (codec == "zstandard") return unpack_zstandard(packed, block);
  if (codec == "deflate") {
    const Inflater::Outcome outcome = inflater_.inflate(packed);
    if (outcome == Inflater::Outcome::too_large) return kLongBlock;
    if (outcome == Inflater::Outcome::broken) return kBrokenBlock;
    block = inflater_.bytes();
    return {};
  }
  if (!codec.empty() && codec != "null") {
    return "its codec is none of null, deflate, snappy and zstandard";
  }
  block = packed;
  return packed.size() > max_bytes_ ? kLongBlock : std::string_view();
}

/// Behind the packed bytes stands the CRC-32 of the unpacked ones, its highest byte first.
std::string_view BlockCodec::unpack_snappy(std::string_view packed, std::string_view& block) {
  constexpr std::size_t kSumBytes = 4;
  if (packed.size() < kSumBytes) return kBrokenBlock;
  const std::string_view sum = packed.substr(packed.size() - kSumBytes);
  packed.remove_suffix(kSumBytes);
  std::size_t size = 0;
  if (!snappy::GetUncompressedLength(packed.data(), packed.size(), &size)) return kBrokenBlock;
  if (size > max_bytes_) return kLongBlock;
  buffer_.resize(size);
  if (!snappy::RawUncompress(packed.data(), packed.size(), buffer_.data())) return kBrokenBlock;
  std::uint32_t expected = 0;
  for (const char byte : sum) expected = expected << 8 | static_cast<unsigned char>(byte);
  const auto actual = crc32_z(0, reinterpret_cast<const Bytef*>(buffer_.data()), size);
  if (actual != expected) return "the checksum of a block is wrong";
  block = buffer_;
  return {};
}

std::string_view BlockCodec::unpack_zstandard(std::string_view packed, std::string_view& block) {
  constexpr std::size_t kFirstRoom = 4096;
  const std::unique_ptr<ZSTD_DStream, FreeStream> stream(ZSTD_createDStream());
  ZSTD_inBuffer in{packed.data(), packed.size(), 0};
  std::size_t size = 0;
  std::size_t left = 1;
  while (left != 0 || in.pos < in.size) {
    if (size == buffer_.size()) {
      if (size > max_bytes_) return kLongBlock;
      buffer_.resize(std::min(max_bytes_ + 1, std::max(kFirstRoom, size * 2)));
    }
    ZSTD_outBuffer out{buffer_.data(), buffer_.size(), size};
    left = ZSTD_decompressStream(stream.get(), &out, &in);
    const bool is_stuck = in.pos == in.size && out.pos < out.size && left != 0;
    if (ZSTD_isError(left) != 0 || is_stuck) return kBrokenBlock;
    size = out.pos;
  }
  if (size > max_bytes_) return kLongBlock;
  block = std::string_view(buffer_).substr(0, size);
  return {};
}

}  // namespace penstock::avro
