#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "model/record.h"

namespace penstock {

/// Collects the bytes of a Native block as a list of pieces: big ones are
/// borrowed from column memory, small ones are kept here. Nothing is
/// concatenated; the sender walks pieces().
///
/// Borrowed memory must outlive the output and stay unchanged.
class NativeOutput {
 public:
  void borrow(const void* data, std::size_t size);
  void copy(const void* data, std::size_t size);
  void varint(std::uint64_t value);
  /// Length as varint, then the bytes.
  void text(std::string_view value);
  template <class T>
  void number(T value) {
    copy(&value, sizeof(value));
  }

  const std::vector<Bytes>& pieces() const;
  std::size_t size() const noexcept { return size_; }
  void clear();

 private:
  void close_small() const;

  // Small writes gather in the last string of `small_`; a deque keeps the
  // earlier ones where they are.
  mutable std::deque<std::string> small_;
  mutable bool small_is_open_ = false;
  mutable std::vector<Bytes> pieces_;
  std::size_t size_ = 0;
};

}  // namespace penstock
