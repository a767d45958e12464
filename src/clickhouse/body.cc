#include "clickhouse/body.h"

#include <lz4frame.h>

#include <algorithm>
#include <cstring>
#include <vector>

namespace penstock::clickhouse {
namespace {

/// Walks the pieces as if they were one run of bytes.
class PieceCursor {
 public:
  explicit PieceCursor(std::span<const Bytes> pieces) : pieces_(pieces) {}

  /// The next unread bytes of one piece, at most `most`; empty at the end.
  Bytes next(std::size_t most) {
    while (index_ < pieces_.size() && used_ == pieces_[index_].size()) {
      ++index_;
      used_ = 0;
    }
    if (index_ == pieces_.size()) return {};
    const Bytes rest = pieces_[index_].subspan(used_);
    const Bytes part = rest.first(std::min(most, rest.size()));
    used_ += part.size();
    return part;
  }

  std::size_t size() const {
    std::size_t total = 0;
    for (const Bytes piece : pieces_) total += piece.size();
    return total;
  }

 private:
  std::span<const Bytes> pieces_;
  std::size_t index_ = 0;
  std::size_t used_ = 0;
};

class PlainBody final : public http::Body {
 public:
  explicit PlainBody(std::span<const Bytes> pieces) : cursor_(pieces) {}

  std::optional<std::size_t> read(std::span<std::byte> into) override {
    std::size_t filled = 0;
    while (filled < into.size()) {
      const Bytes part = cursor_.next(into.size() - filled);
      if (part.empty()) break;
      std::memcpy(into.data() + filled, part.data(), part.size());
      filled += part.size();
    }
    return filled;
  }
  std::optional<std::size_t> size() const override { return cursor_.size(); }

 private:
  PieceCursor cursor_;
};

/// One LZ4 frame, as ClickHouse reads under Content-Encoding: lz4.
class Lz4Body final : public http::Body {
 public:
  explicit Lz4Body(std::span<const Bytes> pieces) : cursor_(pieces) {
    preferences_.frameInfo.blockSizeID = LZ4F_max256KB;
    preferences_.frameInfo.contentSize = cursor_.size();
    ready_.resize(LZ4F_HEADER_SIZE_MAX + LZ4F_compressBound(kStep, &preferences_));
  }

  std::optional<std::size_t> read(std::span<std::byte> into) override {
    std::size_t filled = 0;
    while (filled < into.size()) {
      if (given_ == made_ && !refill()) return std::nullopt;
      if (given_ == made_) break;
      const std::size_t part = std::min(into.size() - filled, made_ - given_);
      std::memcpy(into.data() + filled, ready_.data() + given_, part);
      given_ += part;
      filled += part;
    }
    return filled;
  }

  std::optional<std::size_t> size() const override { return std::nullopt; }

 private:
  enum class Stage : std::uint8_t { header, pieces, done };
  static constexpr std::size_t kStep = 256u << 10;

  struct FreeContext {
    void operator()(LZ4F_cctx* context) const { LZ4F_freeCompressionContext(context); }
  };

  /// Makes the next compressed bytes; none are left when it made none.
  bool refill() {
    given_ = made_ = 0;
    while (made_ == 0 && stage_ != Stage::done) {
      const std::size_t made = step();
      if (LZ4F_isError(made) != 0) return false;
      made_ = made;
    }
    return true;
  }

  std::size_t step() {
    if (stage_ == Stage::header) {
      LZ4F_cctx* context = nullptr;
      const std::size_t outcome = LZ4F_createCompressionContext(&context, LZ4F_VERSION);
      if (LZ4F_isError(outcome) != 0) return outcome;
      context_.reset(context);
      stage_ = Stage::pieces;
      return LZ4F_compressBegin(context, ready_.data(), ready_.size(), &preferences_);
    }
    const Bytes part = cursor_.next(kStep);
    if (part.empty()) {
      stage_ = Stage::done;
      return LZ4F_compressEnd(context_.get(), ready_.data(), ready_.size(), nullptr);
    }
    return LZ4F_compressUpdate(context_.get(), ready_.data(), ready_.size(), part.data(),
                               part.size(), nullptr);
  }

  PieceCursor cursor_;
  LZ4F_preferences_t preferences_{};
  std::unique_ptr<LZ4F_cctx, FreeContext> context_;
  std::vector<std::byte> ready_;
  std::size_t made_ = 0;
  std::size_t given_ = 0;
  Stage stage_ = Stage::header;
};

}  // namespace

std::unique_ptr<http::Body> make_body(std::span<const Bytes> pieces, Encoding encoding) {
  if (encoding == Encoding::lz4) return std::make_unique<Lz4Body>(pieces);
  return std::make_unique<PlainBody>(pieces);
}

}  // namespace penstock::clickhouse
