#include "formats/json/plan.h"

#include <algorithm>

#include "formats/null_rule.h"

namespace penstock::json {
namespace {

constexpr std::size_t kMostCuts = 64;  // a bit each in a Way; dots beyond them only count as text

std::vector<std::size_t> dots_of(std::string_view name) {
  std::vector<std::size_t> dots;
  for (std::size_t at = name.find('.'); at != std::string_view::npos; at = name.find('.', at + 1)) {
    if (dots.size() < kMostCuts) dots.push_back(at);
  }
  return dots;
}

}  // namespace

const KeyTarget* Level::find(std::string_view key) const {
  const auto found = index.find(key);
  return found == index.end() ? nullptr : &targets[found->second];
}

Plan::Plan(const Mapping& mapping) {
  std::map<std::string_view, std::vector<const PayloadTarget*>> by_field;
  std::vector<std::string_view> names;
  for (const PayloadTarget& target : mapping.payload) {
    auto& same = by_field[target.field];
    if (same.empty()) names.push_back(target.field);
    same.push_back(&target);
  }
  level_behind("");
  for (const std::string_view name : names) {
    fields_.emplace_back();
    for (const PayloadTarget* target : by_field[name]) {
      const TableColumn& column = mapping.layout->columns[target->slot];
      fields_.back().push_back(targets_.size());
      targets_.push_back({.slot = target->slot,
                          .null_is_missing = null_is_missing(column),
                          .has_ways = name.find('.') != std::string_view::npos});
    }
    add_field(name);
  }
}

// Every place a key may begin, with every place it may end.
void Plan::add_field(std::string_view name) {
  const std::vector<std::size_t> dots = dots_of(name);
  const auto field = static_cast<std::uint32_t>(fields_.size() - 1);
  for (std::size_t first = 0; first <= dots.size(); ++first) {
    const std::size_t begin = first == 0 ? 0 : dots[first - 1] + 1;
    const std::uint32_t level = level_behind(name.substr(0, begin));
    auto& below = levels_[level].below;
    below.insert(below.end(), fields_.back().begin(), fields_.back().end());
    key_of(level, name.substr(begin)).field = field;
    for (std::size_t dot = first; dot < dots.size(); ++dot) {
      const std::uint32_t behind = level_behind(name.substr(0, dots[dot] + 1));
      KeyTarget& key = key_of(level, name.substr(begin, dots[dot] - begin));
      key.level = behind;
      key.cut = Way{1} << (kMostCuts - 1 - dot);
    }
  }
}

std::uint32_t Plan::level_behind(std::string_view prefix) {
  const auto found = levels_by_prefix_.find(prefix);
  if (found != levels_by_prefix_.end()) return found->second;
  const auto level = static_cast<std::uint32_t>(levels_.size());
  levels_.emplace_back();
  levels_by_prefix_.emplace(prefix, level);
  return level;
}

KeyTarget& Plan::key_of(std::uint32_t level, std::string_view key) {
  Level& in = levels_[level];
  const auto [entry, is_new] = in.index.try_emplace(std::string(key), in.keys.size());
  if (is_new) {
    in.keys.emplace_back(key);
    in.targets.emplace_back();
  }
  return in.targets[entry->second];
}

}  // namespace penstock::json
