#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <new>
#include <type_traits>
#include <utility>

namespace penstock {

/// Values side by side that grow at the end, are never initialised first and keep
/// their memory when they are forgotten. What std::vector would be, less the
/// initialising and with memory that the system may enlarge where it lies.
template <class T>
class Tail {
  static_assert(std::is_trivially_copyable_v<T>, "values are moved as the bytes they are");

 public:
  Tail() = default;
  Tail(Tail&& other) noexcept { swap(other); }
  Tail& operator=(Tail&& other) noexcept {
    swap(other);
    return *this;
  }
  ~Tail() = default;

  std::size_t size() const noexcept { return size_; }
  std::size_t bytes() const noexcept { return size_ * sizeof(T); }
  const T* data() const noexcept { return data_.get(); }

  /// Room for `more` values at the end. The caller writes there, then calls grow().
  T* room(std::size_t more) {
    if (capacity_ - size_ < more) [[unlikely]] {
      enlarge(more);
    }
    return data_.get() + size_;
  }
  void grow(std::size_t written) noexcept { size_ += written; }
  /// To `size` values or fewer.
  void shrink(std::size_t size) noexcept { size_ = std::min(size, size_); }

  void push(T value) {
    T* const at = room(1);
    fetch_ahead(at);
    *at = value;
    ++size_;
  }
  /// Many columns grow at once, more than the machine foresees by itself: the memory
  /// that a tail writes soon is asked for early.
  static void fetch_ahead(const T* at) {
    constexpr std::size_t kAhead = 320;
    __builtin_prefetch(reinterpret_cast<const char*>(at) + kAhead, 1);
  }
  void append(const T* values, std::size_t count) {
    if (count == 0) return;
    std::memcpy(room(count), values, count * sizeof(T));
    size_ += count;
  }

 private:
  void swap(Tail& other) noexcept {
    data_.swap(other.data_);
    std::swap(size_, other.size_);
    std::swap(capacity_, other.capacity_);
  }

  struct Free {
    void operator()(T* data) const noexcept { std::free(data); }
  };

  [[gnu::noinline, gnu::cold]] void enlarge(std::size_t more) {
    constexpr std::size_t kFirstBytes = 1024;
    const std::size_t capacity = std::max({size_ + more, capacity_ * 2, kFirstBytes / sizeof(T)});
    void* const data = std::realloc(data_.get(), capacity * sizeof(T));
    if (data == nullptr) throw std::bad_alloc();
    (void)data_.release();  // realloc has taken it
    data_.reset(static_cast<T*>(data));
    capacity_ = capacity;
  }

  std::unique_ptr<T[], Free> data_;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

}  // namespace penstock
