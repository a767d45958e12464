#include "formats/protobuf/well_known.h"

#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>

#include "formats/protobuf/number.h"

namespace penstock::protobuf {
namespace {

constexpr std::int64_t kNanosPerSecond = 1'000'000'000;
constexpr std::int64_t kMicrosPerSecond = 1'000'000;

bool has_kinds(const MessageType& type, std::initializer_list<FieldKind> kinds,
               bool repeated = false) {
  return std::ranges::equal(type.fields, kinds, [repeated](const FieldType& field, FieldKind kind) {
    return field.kind == kind && field.is_repeated == repeated;
  });
}

}  // namespace

bool has_fields_of(WellKnown meaning, const MessageType& type) {
  using enum FieldKind;
  switch (meaning) {
    case WellKnown::none: return true;
    case WellKnown::timestamp:
    case WellKnown::duration: return has_kinds(type, {int64, int32});
    case WellKnown::wrapper:
      return type.fields.size() == 1 && !type.fields[0].is_repeated &&
             type.fields[0].kind != message;
    case WellKnown::structure: return type.fields.size() == 1 && type.fields[0].is_map;
    case WellKnown::value:
      return has_kinds(type, {enumeration, real64, text, boolean, message, message}) &&
             std::ranges::all_of(type.fields, [](const auto& field) { return field.oneof == 0u; });
    case WellKnown::list_value: return has_kinds(type, {message}, true) && !type.fields[0].is_map;
    case WellKnown::any: return has_kinds(type, {text, bytes});
    case WellKnown::field_mask: return has_kinds(type, {text}, true);
    case WellKnown::decimal: return has_kinds(type, {bytes, uint32, int32});
  }
  return false;
}

SecondsAndNanos SecondsAndNanos::of(const Findings& found) {
  SecondsAndNanos read;
  if (const WireValue* seconds = found.last(0)) {
    read.seconds = number_of<FieldKind::int64>(seconds->number);
  }
  if (const WireValue* nanos = found.last(1)) {
    read.nanos = static_cast<std::int32_t>(number_of<FieldKind::int32>(nanos->number));
  }
  return read;
}

std::optional<std::int64_t> SecondsAndNanos::in_nanos() const {
  std::int64_t count = 0;
  const bool is_nanos = nanos > -kNanosPerSecond && nanos < kNanosPerSecond;
  if (!is_nanos || __builtin_mul_overflow(seconds, kNanosPerSecond, &count) ||
      __builtin_add_overflow(count, std::int64_t{nanos}, &count)) {
    return std::nullopt;
  }
  return count;
}

std::optional<std::int64_t> SecondsAndNanos::in_micros() const {
  std::int64_t count = 0;
  const bool is_nanos = nanos > -kNanosPerSecond && nanos < kNanosPerSecond;
  if (!is_nanos || nanos % 1000 != 0 || __builtin_mul_overflow(seconds, kMicrosPerSecond, &count) ||
      __builtin_add_overflow(count, std::int64_t{nanos / 1000}, &count)) {
    return std::nullopt;
  }
  return count;
}

std::string SecondsAndNanos::as_length() const {
  const bool negative = seconds < 0 || nanos < 0;
  const auto size = [](std::int64_t number) {
    const auto bits = static_cast<std::uint64_t>(number);
    return number < 0 ? 0 - bits : bits;
  };
  std::string text = fmt::format("{}{}", negative ? "-" : "", size(seconds));
  if (nanos != 0) {
    text += fmt::format(".{:09}", size(nanos));
    while (text.ends_with('0')) text.pop_back();
  }
  return text + "s";
}

}  // namespace penstock::protobuf
