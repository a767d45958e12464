#include "formats/inflater.h"

#include <zlib.h>

#include <algorithm>

namespace penstock {
namespace {

constexpr std::size_t kFirstRoom = 4096;

}  // namespace

void Inflater::EndStream::operator()(z_stream_s* stream) const {
  inflateEnd(stream);
  delete stream;
}

bool Inflater::start() {
  size_ = 0;
  if (stream_) return inflateReset(stream_.get()) == Z_OK;
  auto fresh = std::make_unique<z_stream>();
  const int window_bits = wrapping_ == Wrapping::zlib ? MAX_WBITS : -MAX_WBITS;
  if (inflateInit2(fresh.get(), window_bits) != Z_OK) return false;
  stream_.reset(fresh.release());
  return true;
}

Inflater::Outcome Inflater::inflate(std::string_view packed) {
  if (!start()) return Outcome::broken;
  // zlib's interface is older than const; it does not write there.
  stream_->next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
  stream_->avail_in = static_cast<uInt>(packed.size());
  // One byte above the limit tells a stream that ends there from one that goes on.
  const std::size_t most = max_bytes_ + 1;
  for (;;) {
    if (size_ == buffer_.size()) {
      if (size_ >= most) return Outcome::too_large;
      buffer_.resize(std::min(most, std::max(kFirstRoom, size_ * 2)));
    }
    const std::size_t room = buffer_.size() - size_;
    stream_->next_out = reinterpret_cast<Bytef*>(buffer_.data() + size_);
    stream_->avail_out = static_cast<uInt>(room);
    const int code = ::inflate(stream_.get(), Z_NO_FLUSH);
    size_ += room - stream_->avail_out;
    if (size_ > max_bytes_) return Outcome::too_large;
    if (code == Z_STREAM_END) return stream_->avail_in == 0 ? Outcome::whole : Outcome::broken;
    if (code != Z_OK || stream_->avail_out != 0) return Outcome::broken;
  }
}

}  // namespace penstock
