#include "spec/amount.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

#include "spec/value.h"

namespace penstock::spec {
namespace {

struct Unit {
  std::string_view name;
  double size;
};
// Writing takes the first four, largest first; reading knows all.
constexpr std::array kTimeUnits = {Unit{"h", 3'600'000}, Unit{"min", 60'000}, Unit{"s", 1000},
                                   Unit{"ms", 1}, Unit{"m", 60'000}};
constexpr std::array kByteUnits = {Unit{"GiB", 1 << 30}, Unit{"MiB", 1 << 20}, Unit{"KiB", 1 << 10},
                                   Unit{"bytes", 1},     Unit{"B", 1},         Unit{"GB", 1e9},
                                   Unit{"MB", 1e6},      Unit{"KB", 1e3},      Unit{"kB", 1e3}};
constexpr std::size_t kWrittenUnits = 4;
constexpr double kMostAmount = 9e15;  // doubles count whole numbers up to here

std::optional<double> number_of(std::string_view text) {
  const Value number{plain_scalar(text)};
  if (const auto* whole = number.get_if<std::int64_t>()) return static_cast<double>(*whole);
  if (const auto* real = number.get_if<double>()) return *real;
  return std::nullopt;
}

std::optional<std::int64_t> amount_of(std::string_view text, std::span<const Unit> units) {
  const std::size_t split = std::min(text.find_first_not_of("0123456789."), text.size());
  const auto number = number_of(text.substr(0, split));
  std::string_view name = text.substr(split);
  name.remove_prefix(std::min(name.find_first_not_of(' '), name.size()));
  const auto same_name = [&](const Unit& unit) { return unit.name == name; };
  const auto unit = std::find_if(units.begin(), units.end(), same_name);
  if (!number || unit == units.end()) return std::nullopt;
  const double amount = *number * unit->size;
  if (amount != std::floor(amount) || amount > kMostAmount) return std::nullopt;
  return static_cast<std::int64_t>(amount);
}

std::string amount_in(std::span<const Unit> units, double amount) {
  for (const Unit& unit : units) {
    if (amount >= unit.size && std::fmod(amount, unit.size) == 0) {
      return fmt::format("{} {}", amount / unit.size, unit.name);
    }
  }
  return fmt::format("{} {}", amount, units.back().name);
}

}  // namespace

std::optional<std::int64_t> bytes_of(std::string_view text) { return amount_of(text, kByteUnits); }

std::optional<std::int64_t> milliseconds_of(std::string_view text) {
  return amount_of(text, kTimeUnits);
}

std::string bytes_text(double bytes) {
  return amount_in(std::span(kByteUnits).first(kWrittenUnits), bytes);
}

std::string milliseconds_text(double milliseconds) {
  return amount_in(std::span(kTimeUnits).first(kWrittenUnits), milliseconds);
}

}  // namespace penstock::spec
