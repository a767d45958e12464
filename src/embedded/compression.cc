#include "embedded/compression.h"

#include <fmt/format.h>
#include <lz4frame.h>
#include <zlib.h>
#include <zstd.h>

#include <array>
#include <vector>

namespace penstock::embedded {
namespace {

constexpr std::size_t kPiece = 256 << 10;
constexpr int kGzipWindow = 15 + 16;
constexpr int kAnyZlibWindow = 15 + 32;  // tells gzip from zlib by itself

Error broken(std::string_view encoding, std::string_view reason) {
  return Error{.fault = Fault::data,
               .recovery = Recovery::stop,
               .code = "embedded.request",
               .message = fmt::format("cannot decompress the {} body: {}", encoding, reason)};
}

class ZlibDecoder final : public Decoder {
 public:
  ZlibDecoder() { inflateInit2(&stream_, kAnyZlibWindow); }
  ~ZlibDecoder() override { inflateEnd(&stream_); }
  ZlibDecoder(const ZlibDecoder&) = delete;
  ZlibDecoder& operator=(const ZlibDecoder&) = delete;

  Status write(std::string_view packed, const ByteSink& sink) override {
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
    stream_.avail_in = static_cast<uInt>(packed.size());
    do {
      if (ended_) {
        if (stream_.avail_in == 0) break;
        inflateReset(&stream_);  // gzip members may follow each other
        ended_ = false;
      }
      stream_.next_out = reinterpret_cast<Bytef*>(out_.data());
      stream_.avail_out = static_cast<uInt>(out_.size());
      const int outcome = inflate(&stream_, Z_NO_FLUSH);
      if (outcome != Z_OK && outcome != Z_STREAM_END && outcome != Z_BUF_ERROR) {
        return broken("gzip or deflate", stream_.msg != nullptr ? stream_.msg : "broken data");
      }
      started_ = true;
      ended_ = outcome == Z_STREAM_END;
      sink({out_.data(), out_.size() - stream_.avail_out});
    } while (stream_.avail_in > 0 || stream_.avail_out == 0);
    return done();
  }

  Status finish() override {
    if (started_ && !ended_) return broken("gzip or deflate", "it ends in the middle");
    return done();
  }

 private:
  z_stream stream_{};
  std::vector<char> out_ = std::vector<char>(kPiece);
  bool started_ = false;
  bool ended_ = false;
};

class ZlibEncoder final : public Encoder {
 public:
  explicit ZlibEncoder(int window) {
    deflateInit2(&stream_, Z_BEST_SPEED, Z_DEFLATED, window, 8, Z_DEFAULT_STRATEGY);
  }
  ~ZlibEncoder() override { deflateEnd(&stream_); }
  ZlibEncoder(const ZlibEncoder&) = delete;
  ZlibEncoder& operator=(const ZlibEncoder&) = delete;

  std::string write(std::string_view plain) override { return run(plain, Z_SYNC_FLUSH); }
  std::string finish() override { return run({}, Z_FINISH); }

 private:
  std::string run(std::string_view plain, int flush) {
    std::string packed;
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(plain.data()));
    stream_.avail_in = static_cast<uInt>(plain.size());
    do {
      const std::size_t before = packed.size();
      packed.resize(before + kPiece);
      stream_.next_out = reinterpret_cast<Bytef*>(packed.data() + before);
      stream_.avail_out = static_cast<uInt>(kPiece);
      deflate(&stream_, flush);
      packed.resize(packed.size() - stream_.avail_out);
    } while (stream_.avail_out == 0);
    return packed;
  }

  z_stream stream_{};
};

class Lz4Decoder final : public Decoder {
 public:
  Lz4Decoder() { LZ4F_createDecompressionContext(&context_, LZ4F_VERSION); }
  ~Lz4Decoder() override { LZ4F_freeDecompressionContext(context_); }
  Lz4Decoder(const Lz4Decoder&) = delete;
  Lz4Decoder& operator=(const Lz4Decoder&) = delete;

  Status write(std::string_view packed, const ByteSink& sink) override {
    std::size_t made = 0;
    do {
      made = out_.size();
      std::size_t used = packed.size();
      expected_ = LZ4F_decompress(context_, out_.data(), &made, packed.data(), &used, nullptr);
      if (LZ4F_isError(expected_) != 0) return broken("lz4", LZ4F_getErrorName(expected_));
      packed.remove_prefix(used);
      sink({out_.data(), made});
    } while (!packed.empty() || made == out_.size());
    return done();
  }

  Status finish() override {
    if (expected_ != 0) return broken("lz4", "it ends in the middle");
    return done();
  }

 private:
  LZ4F_dctx* context_ = nullptr;
  std::vector<char> out_ = std::vector<char>(kPiece);
  std::size_t expected_ = 0;
};

class Lz4Encoder final : public Encoder {
 public:
  Lz4Encoder() { LZ4F_createCompressionContext(&context_, LZ4F_VERSION); }
  ~Lz4Encoder() override { LZ4F_freeCompressionContext(context_); }
  Lz4Encoder(const Lz4Encoder&) = delete;
  Lz4Encoder& operator=(const Lz4Encoder&) = delete;

  std::string write(std::string_view plain) override {
    std::string packed = begin();
    while (!plain.empty()) {
      const std::string_view part = plain.substr(0, kPiece);
      const std::size_t before = packed.size();
      packed.resize(before + LZ4F_compressBound(part.size(), nullptr));
      packed.resize(before + LZ4F_compressUpdate(context_, packed.data() + before,
                                                 packed.size() - before, part.data(), part.size(),
                                                 nullptr));
      plain.remove_prefix(part.size());
    }
    const std::size_t before = packed.size();
    packed.resize(before + LZ4F_compressBound(0, nullptr));
    packed.resize(before +
                  LZ4F_flush(context_, packed.data() + before, packed.size() - before, nullptr));
    return packed;
  }

  std::string finish() override {
    std::string packed = begin();
    const std::size_t before = packed.size();
    packed.resize(before + LZ4F_compressBound(0, nullptr));
    packed.resize(before + LZ4F_compressEnd(context_, packed.data() + before,
                                            packed.size() - before, nullptr));
    return packed;
  }

 private:
  std::string begin() {
    if (begun_) return {};
    begun_ = true;
    std::string header(LZ4F_HEADER_SIZE_MAX, '\0');
    header.resize(LZ4F_compressBegin(context_, header.data(), header.size(), nullptr));
    return header;
  }

  LZ4F_cctx* context_ = nullptr;
  bool begun_ = false;
};

class ZstdDecoder final : public Decoder {
 public:
  Status write(std::string_view packed, const ByteSink& sink) override {
    ZSTD_inBuffer in{packed.data(), packed.size(), 0};
    ZSTD_outBuffer out{out_.data(), out_.size(), 0};
    do {
      out.pos = 0;
      expected_ = ZSTD_decompressStream(context_.get(), &out, &in);
      if (ZSTD_isError(expected_) != 0) return broken("zstd", ZSTD_getErrorName(expected_));
      sink({out_.data(), out.pos});
    } while (in.pos < in.size || out.pos == out.size);
    return done();
  }

  Status finish() override {
    if (expected_ != 0) return broken("zstd", "it ends in the middle");
    return done();
  }

 private:
  std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)> context_{ZSTD_createDCtx(), ZSTD_freeDCtx};
  std::vector<char> out_ = std::vector<char>(kPiece);
  std::size_t expected_ = 0;
};

class ZstdEncoder final : public Encoder {
 public:
  std::string write(std::string_view plain) override { return run(plain, ZSTD_e_flush); }
  std::string finish() override { return run({}, ZSTD_e_end); }

 private:
  std::string run(std::string_view plain, ZSTD_EndDirective directive) {
    std::string packed;
    ZSTD_inBuffer in{plain.data(), plain.size(), 0};
    std::size_t left = 0;
    do {
      const std::size_t before = packed.size();
      packed.resize(before + kPiece);
      ZSTD_outBuffer out{packed.data() + before, kPiece, 0};
      left = ZSTD_compressStream2(context_.get(), &out, &in, directive);
      packed.resize(before + out.pos);
      if (ZSTD_isError(left) != 0) break;
    } while (left != 0);
    return packed;
  }

  std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)> context_{ZSTD_createCCtx(), ZSTD_freeCCtx};
};

}  // namespace

std::unique_ptr<Decoder> make_decoder(std::string_view encoding) {
  if (encoding == "gzip" || encoding == "deflate") return std::make_unique<ZlibDecoder>();
  if (encoding == "lz4") return std::make_unique<Lz4Decoder>();
  if (encoding == "zstd") return std::make_unique<ZstdDecoder>();
  return nullptr;
}

std::unique_ptr<Encoder> make_encoder(std::string_view encoding) {
  if (encoding == "gzip") return std::make_unique<ZlibEncoder>(kGzipWindow);
  if (encoding == "deflate") return std::make_unique<ZlibEncoder>(MAX_WBITS);
  if (encoding == "lz4") return std::make_unique<Lz4Encoder>();
  if (encoding == "zstd") return std::make_unique<ZstdEncoder>();
  return nullptr;
}

std::string choose_encoding(std::string_view accept_encoding) {
  constexpr std::array<std::string_view, 4> kPreferred = {"zstd", "lz4", "gzip", "deflate"};
  for (const std::string_view name : kPreferred) {
    std::string_view rest = accept_encoding;
    while (!rest.empty()) {
      const std::size_t comma = std::min(rest.find(','), rest.size());
      std::string_view item = rest.substr(0, comma);
      rest.remove_prefix(std::min(comma + 1, rest.size()));
      while (item.starts_with(' ')) item.remove_prefix(1);
      if (!item.starts_with(name)) continue;
      item.remove_prefix(name.size());
      if (item.empty() || item.front() == ' ' ||
          (item.front() == ';' && item.find("q=0") == item.npos) ||
          item.find("q=0.") != item.npos) {
        return std::string(name);
      }
    }
  }
  return {};
}

}  // namespace penstock::embedded
