#pragma once

#include <cstdint>
#include <random>
#include <string>

namespace penstock {

/// Writes JSON objects that resemble each other as messages of one topic do, but for a few
/// that do not. The same seed gives the same objects on every machine.
class RandomJson {
 public:
  explicit RandomJson(std::uint32_t seed) : random_(seed) {}

  std::string object(int depth = 0);

 private:
  std::uint32_t below(std::uint32_t limit) { return random_() % limit; }
  std::string value(std::uint32_t kind, int depth);
  std::string number();
  std::string text();
  std::string array(std::uint32_t kind, int depth);

  std::mt19937 random_;
};

}  // namespace penstock
