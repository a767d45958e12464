#pragma once

#include <cstddef>
#include <functional>
#include <string_view>

namespace penstock::json {

/// Lets a hash map of strings be asked without making one.
struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const noexcept {
    return std::hash<std::string_view>{}(text);
  }
};

}  // namespace penstock::json
