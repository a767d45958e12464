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
    for (const WireType wire : kWireTypes) {
      const bool fits = may_stand_as(field, wire);
      add(field.number << 3 | static_cast<std::uint32_t>(wire),
          {.field = i,
           .keep = fits ? (keeps_all ? Keep::all : Keep::last) : Keep::mismatch,
           .is_member = field.oneof.has_value()});
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
  into.start();
  const char* at = message.data();
  const char* const end = at + message.size();
  while (at != end) {
    std::uint32_t tag = 0;
    const char* const start = at;
    WireValue value;
    at = wire::read_tag(at, end, tag);
    if (at != nullptr) at = wire::read_value(at, end, tag, max_depth, value);
    if (at == nullptr) [[unlikely]] {
      return trouble.call_broken(fmt::format("{} ends or breaks at byte {} of {}", type_.name,
                                             start - message.data(), message.size()));
    }
    const Route route = tag < near_.size() ? near_[tag] : far_route(tag);
    if (route.keep == Keep::nothing) continue;
    if (route.is_member && route.keep != Keep::mismatch) {
      into.choose(*type_.fields[route.field].oneof, route.field);
    }
    if (route.keep == Keep::last) [[likely]] {
      into.keep_last(route.field, value);
    } else if (route.keep == Keep::all) {
      into.keep_all(route.field, value);
    } else {
      return explain_mismatch(route, tag, trouble);
    }
  }
  return Fit::ok;
}

Fit FieldTable::explain_mismatch(const Route& route, std::uint32_t tag, Trouble& trouble) const {
  const FieldType& field = type_.fields[route.field];
  return trouble.call_broken(fmt::format(
      "field {} of {} stands as {}, its schema wants {}: the message was written with another one",
      field.name, type_.name, name_of(static_cast<WireType>(tag & 7)),
      name_of(wire_type(field.kind))));
}

}  // namespace penstock::protobuf
