#include "formats/protobuf/field_table.h"

#include <fmt/format.h>

#include <algorithm>

namespace penstock::protobuf {
namespace {

/// Fields up to this number are found by their tag alone.
constexpr std::uint32_t kMostNear = 255;

constexpr WireType kWireTypes[] = {WireType::varint, WireType::fixed64, WireType::length,
                                   WireType::group, WireType::fixed32};

std::string_view name_of(WireType type) {
  switch (type) {
    case WireType::varint: return "a varint";
    case WireType::fixed64: return "eight bytes";
    case WireType::length: return "bytes with a length";
    case WireType::group:
    case WireType::group_end: return "a group";
    case WireType::fixed32: return "four bytes";
  }
  return "nothing";
}

bool may_stand_as(const FieldType& field, WireType type) {
  const bool is_packed = field.is_repeated && type == WireType::length;
  const bool is_group = field.kind == FieldKind::message && type == WireType::group;
  return type == wire_type(field.kind) || is_packed || (is_group && !field.is_map);
}

}  // namespace

FieldTable::FieldTable(const MessageType& type, const std::vector<bool>& wanted) : type_(type) {
  std::vector<bool> followed(type.oneofs.size(), false);
  for (std::size_t i = 0; i < type.fields.size(); ++i) {
    if (wanted[i] && type.fields[i].oneof) followed[*type.fields[i].oneof] = true;
  }
  for (std::uint32_t i = 0; i < type.fields.size(); ++i) {
    const FieldType& field = type.fields[i];
    if (!wanted[i] && !(field.oneof && followed[*field.oneof])) continue;
    const bool keeps_all = field.is_repeated || field.kind == FieldKind::message;
    const Keep keep = keeps_all ? Keep::all : field.oneof ? Keep::last_of_oneof : Keep::last;
    for (const WireType wire : kWireTypes) {
      const bool fits = may_stand_as(field, wire);
      add(field.number << 3 | static_cast<std::uint32_t>(wire),
          {.field = i, .keep = fits ? keep : Keep::mismatch});
    }
  }
  std::ranges::sort(far_, {}, &std::pair<std::uint32_t, Route>::first);
}

void FieldTable::add(std::uint32_t tag, Route route) {
  if (tag >> 3 > kMostNear) {
    far_.emplace_back(tag, route);
    return;
  }
  if (near_.size() <= tag) near_.resize(tag + 1);
  near_[tag] = route;
}

FieldTable::Route FieldTable::far_route(std::uint32_t tag) const {
  const auto found =
      std::ranges::lower_bound(far_, tag, {}, &std::pair<std::uint32_t, Route>::first);
  return found == far_.end() || found->first != tag ? Route() : found->second;
}

Fit FieldTable::scan(std::string_view message, std::size_t max_depth, Findings& into,
                     Trouble& trouble) const {
  // In registers, whatever is written meanwhile.
  Findings::Found* const found = into.start();
  const std::uint64_t stamp = into.message();
  const Route* const near = near_.data();
  const std::size_t near_size = near_.size();
  const char* at = message.data();
  const char* const end = at + message.size();
  while (at != end) {
    const char* const start = at;
    std::uint32_t tag = static_cast<unsigned char>(*at++);
    if (tag >= 0x80 || tag < 8) [[unlikely]] {
      at = wire::read_tag(start, end, tag);
    }
    WireValue value;
    if (at != nullptr) [[likely]]
      at = wire::read_value(at, end, tag, max_depth, value);
    if (at == nullptr) [[unlikely]] {
      return explain_break(message, start, trouble);
    }
    const Route route = tag < near_size ? near[tag] : far_route(tag);
    if (route.keep == Keep::last) [[likely]] {
      found[route.field] = {.message = stamp, .value = value};
    } else if (route.keep != Keep::nothing) {
      if (route.keep == Keep::mismatch) return explain_mismatch(route, tag, trouble);
      keep(route, value, into);
    }
  }
  return Fit::ok;
}

void FieldTable::keep(const Route& route, const WireValue& value, Findings& into) const {
  if (const auto& oneof = type_.fields[route.field].oneof) into.choose(*oneof, route.field);
  if (route.keep == Keep::last_of_oneof) {
    into.keep_last(route.field, value);
  } else {
    into.keep_all(route.field, value);
  }
}

Fit FieldTable::explain_break(std::string_view message, const char* at, Trouble& trouble) const {
  return trouble.call_broken(fmt::format("{} ends or breaks at byte {} of {}", type_.name,
                                         at - message.data(), message.size()));
}

Fit FieldTable::explain_mismatch(const Route& route, std::uint32_t tag, Trouble& trouble) const {
  const FieldType& field = type_.fields[route.field];
  return trouble.call_broken(fmt::format(
      "field {} of {} stands as {}, its schema wants {}: the message was written with another one",
      field.name, type_.name, name_of(static_cast<WireType>(tag & 7)),
      name_of(wire_type(field.kind))));
}

}  // namespace penstock::protobuf
