#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "model/column/swar.h"

namespace penstock {

/// Numbers of keys asked for lately, in front of a slower search. Keys are known again
/// by their length and their first and last eight bytes: up to 16 bytes that is the
/// whole key, and no look is needed at the place where it is kept.
class KeyCache {
 public:
  static constexpr std::uint32_t kUnknown = 0xFFFFFFFF;

  /// Whether find() looks at every byte of the key.
  static bool is_seen_whole(std::string_view key) { return key.size() <= 16; }

  /// The number of the key, or of another that looks like it where a key is not seen
  /// whole, or kUnknown.
  std::uint32_t find(std::string_view key) const {
    const Place wanted = place_of(key);
    const Place& found = places_[index_of(wanted)];
    const bool is_same =
        found.first == wanted.first && found.last == wanted.last && found.length == wanted.length;
    return is_same ? found.number : kUnknown;
  }
  void remember(std::string_view key, std::uint32_t number) {
    Place place = place_of(key);
    place.number = number;
    places_[index_of(place)] = place;
  }
  void clear() { places_.fill({}); }

 private:
  static constexpr unsigned kPlaceBits = 8;

  struct Place {
    std::uint64_t first = 0;
    std::uint64_t last = 0;
    std::size_t length = std::string_view::npos;  // which no key has
    std::uint32_t number = kUnknown;
  };

  static Place place_of(std::string_view key) {
    const std::size_t size = key.size();
    const char* const at = key.data();
    Place place{.length = size};
    if (size >= 8) {
      place.first = swar::load(at);
      place.last = swar::load(at + size - 8);
    } else if (size > 0) {
      place.first = swar::load_short(at, size);
    }
    return place;
  }
  static std::size_t index_of(const Place& place) {
    constexpr std::uint64_t kSpread = 0x9E3779B97F4A7C15;
    return (place.first + std::rotl(place.last, 32) + place.length) * kSpread >> (64 - kPlaceBits);
  }

  std::array<Place, std::size_t{1} << kPlaceBits> places_{};
};

}  // namespace penstock
