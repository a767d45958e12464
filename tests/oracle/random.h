#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>

namespace penstock::oracle {

/// Choices that are the same for the same seed on every machine.
class Random {
 public:
  /// `part` and `index` name what is drawn, so that any piece of a run can be drawn alone.
  Random(std::uint64_t seed, std::string_view part, std::uint64_t index) {
    std::seed_seq mixed{static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32),
                        static_cast<std::uint32_t>(index), static_cast<std::uint32_t>(index >> 32),
                        static_cast<std::uint32_t>(part.empty() ? 0 : part.front())};
    numbers_.seed(mixed);
  }

  std::uint64_t bits() { return numbers_(); }
  std::size_t below(std::size_t limit) { return limit == 0 ? 0 : numbers_() % limit; }
  /// Both ends included.
  std::int64_t between(std::int64_t least, std::int64_t most) {
    return least + static_cast<std::int64_t>(below(static_cast<std::size_t>(most - least) + 1));
  }
  bool chance(unsigned percent) { return below(100) < percent; }

  template <class Range>
  decltype(auto) pick(const Range& range) {
    return *(std::begin(range) + static_cast<std::ptrdiff_t>(below(std::size(range))));
  }

  std::string digits(std::size_t count) {
    std::string text(count, '0');
    for (char& digit : text) digit = static_cast<char>('0' + below(10));
    return text;
  }

  std::mt19937_64& source() { return numbers_; }

 private:
  std::mt19937_64 numbers_;
};

}  // namespace penstock::oracle
