#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

#include "formats/json/client.h"
#include "formats/json/text_scan.h"

namespace penstock::json {

/// Gives messages what their readers need behind them: bytes that can be read.
class PaddedText {
 public:
  /// A copy with zeros behind it, lest a bracket of an earlier message should
  /// close this one.
  simdjson::padded_string_view copy(std::string_view text) {
    static_assert(simdjson::SIMDJSON_PADDING >= kReadAhead);
    const std::size_t needed = text.size() + simdjson::SIMDJSON_PADDING;
    if (bytes_.size() < needed) bytes_.resize(needed);
    std::memcpy(bytes_.data(), text.data(), text.size());
    std::memset(bytes_.data() + text.size(), 0, simdjson::SIMDJSON_PADDING);
    return simdjson::padded_string_view(bytes_.data(), text.size(), bytes_.size());
  }

  /// The text itself where kReadAhead bytes behind it lie on the same page of
  /// memory: what is read there is never used. Else a copy.
  std::string_view with_read_ahead(std::string_view text) {
    constexpr std::uintptr_t kPageBytes = 4096;
#ifdef PENSTOCK_SANITIZED
    constexpr bool kMayReadOn = false;  // a sanitizer cannot tell it from a mistake
#else
    constexpr bool kMayReadOn = true;
#endif
    const auto end = reinterpret_cast<std::uintptr_t>(text.data() + text.size());
    const bool is_on_page = (end - 1) % kPageBytes + kReadAhead < kPageBytes;
    if (kMayReadOn && is_on_page) return text;
    copy(text);
    return {bytes_.data(), text.size()};
  }

 private:
  std::vector<char> bytes_;
};

}  // namespace penstock::json
