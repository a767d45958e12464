#include "model/column/key_dictionary.h"

#include <random>

#include "model/column/swar.h"
#include "model/column/wide_integer.h"

namespace penstock {
namespace {

constexpr std::size_t kFirstPlaces = 64;

// Odd numbers with their bits well spread.
constexpr std::uint64_t kMix1 = 0x9e3779b97f4a7c15;
constexpr std::uint64_t kMix2 = 0xd6e8feb86659fd93;

std::uint64_t fold(std::uint64_t left, std::uint64_t right) {
  const UInt128 product = static_cast<UInt128>(left) * right;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

}  // namespace

// Messages must not be able to choose keys that all fall on one place.
KeyDictionary::KeyDictionary(KeyForm form)
    : form_(form), seed_(std::uint64_t{std::random_device{}()} << 32 | std::random_device{}()) {
  rebuild(kFirstPlaces);
}

std::uint64_t KeyDictionary::hash_of(std::string_view key) const {
  const char* at = key.data();
  std::size_t left = key.size();
  std::uint64_t hash = seed_ ^ left * kMix1;
  for (; left > 8; at += 8, left -= 8) hash = fold(hash ^ swar::load(at), kMix1);
  if (left > 0) hash ^= swar::load_short(at, left);
  return fold(hash ^ kMix2, kMix2);
}

std::size_t KeyDictionary::place_of(std::uint64_t hash, std::string_view key) const {
  const std::size_t mask = table_.size() - 1;
  for (std::size_t place = hash & mask;; place = (place + 1) & mask) {
    const std::uint32_t entry = table_[place];
    if (entry == 0) return place;
    if (keys_[entry - 1].hash == hash && this->key(entry - 1) == key) return place;
  }
}

std::uint32_t KeyDictionary::search_or_add(std::string_view key, std::size_t row) {
  const std::uint64_t hash = hash_of(key);
  std::size_t place = place_of(hash, key);
  if (table_[place] != 0) {
    cache_.remember(key, table_[place] - 1);
    return table_[place] - 1;
  }
  if (2 * (keys_.size() + 1) > table_.size()) {
    rebuild(2 * table_.size());
    place = place_of(hash, key);
  }
  append(key, {.row = row, .hash = hash});
  cache_.remember(key, size() - 1);
  table_[place] = size();
  return size() - 1;
}

void KeyDictionary::add_hidden(std::string_view key) { append(key, {.is_hidden = true}); }

void KeyDictionary::append(std::string_view key, Key entry) {
  if (form_ == KeyForm::text) {
    std::size_t rest = key.size();
    for (; rest >= 0x80; rest >>= 7) bytes_.push(static_cast<char>(rest | 0x80));
    bytes_.push(static_cast<char>(rest));
  }
  entry.begin = bytes_.size();
  bytes_.append(key.data(), key.size());
  entry.end = bytes_.size();
  keys_.push_back(entry);
}

void KeyDictionary::forget_from(std::size_t row, std::uint32_t keep) {
  if (size() <= keep || keys_.back().row < row) return;
  cache_.clear();
  if (row == 0) {
    keys_.resize(keep);
    bytes_.shrink(keep == 0 ? 0 : keys_.back().end);
    rebuild(table_.size());
  }
  while (size() > keep && keys_.back().row >= row) drop_last();
}

void KeyDictionary::drop_last() {
  // The last key in took the first free place of its run, so no other key was
  // ever pushed past it and the place can simply become free again.
  table_[place_of(keys_.back().hash, key(size() - 1))] = 0;
  keys_.pop_back();
  bytes_.shrink(keys_.empty() ? 0 : keys_.back().end);
}

void KeyDictionary::rebuild(std::size_t places) {
  table_.assign(places, 0);
  const std::size_t mask = places - 1;
  for (std::uint32_t number = 0; number < size(); ++number) {
    if (keys_[number].is_hidden) continue;
    std::size_t place = keys_[number].hash & mask;
    while (table_[place] != 0) place = (place + 1) & mask;
    table_[place] = number + 1;
  }
}

}  // namespace penstock
