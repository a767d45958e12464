#include "model/native_output.h"

namespace penstock {

void NativeOutput::borrow(const void* data, std::size_t size) {
  if (size == 0) return;
  close_small();
  pieces_.emplace_back(static_cast<const std::byte*>(data), size);
  size_ += size;
}

void NativeOutput::copy(const void* data, std::size_t size) {
  if (size == 0) return;
  if (!small_is_open_) {
    small_.emplace_back();
    small_is_open_ = true;
  }
  small_.back().append(static_cast<const char*>(data), size);
  size_ += size;
}

void NativeOutput::varint(std::uint64_t value) {
  unsigned char bytes[10];
  std::size_t used = 0;
  while (value >= 0x80) {
    bytes[used++] = static_cast<unsigned char>(value | 0x80);
    value >>= 7;
  }
  bytes[used++] = static_cast<unsigned char>(value);
  copy(bytes, used);
}

void NativeOutput::text(std::string_view value) {
  varint(value.size());
  copy(value.data(), value.size());
}

const std::vector<Bytes>& NativeOutput::pieces() const {
  close_small();
  return pieces_;
}

void NativeOutput::clear() {
  small_.clear();
  small_is_open_ = false;
  pieces_.clear();
  size_ = 0;
}

void NativeOutput::close_small() const {
  if (!small_is_open_) return;
  small_is_open_ = false;
  pieces_.push_back(as_bytes(small_.back()));
}

}  // namespace penstock
