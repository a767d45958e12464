#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace penstock::clickhouse {

/// Walks an answer in FORMAT RowBinary. One that ends in the middle of a value gives zeros and
/// empty texts from there on, and is_broken() says so.
class RowBinary {
 public:
  explicit RowBinary(std::string_view bytes) : rest_(bytes) {}

  bool at_end() const { return rest_.empty() || broken_; }
  bool is_broken() const { return broken_; }

  template <class T>
  T number() {
    T value{};
    const std::string_view bytes = take(sizeof(T));
    if (!bytes.empty()) std::memcpy(&value, bytes.data(), sizeof(T));
    return value;
  }
  std::string text() { return std::string(take(varint())); }
  std::vector<std::string> texts() {
    std::vector<std::string> all;
    for (std::size_t left = varint(); left > 0 && !broken_; --left) all.push_back(text());
    return all;
  }

 private:
  std::string_view take(std::size_t count) {
    broken_ = broken_ || count > rest_.size();
    if (broken_) return {};
    const std::string_view taken = rest_.substr(0, count);
    rest_.remove_prefix(count);
    return taken;
  }
  std::size_t varint() {
    std::size_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      const auto byte = number<std::uint8_t>();
      value |= std::size_t{byte & 0x7Fu} << shift;
      if (byte < 0x80) return value;
    }
    broken_ = true;
    return 0;
  }

  std::string_view rest_;
  bool broken_ = false;
};

}  // namespace penstock::clickhouse
