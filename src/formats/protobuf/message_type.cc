#include "formats/protobuf/message_type.h"

#include <algorithm>

namespace penstock::protobuf {

std::string_view EnumType::name_of(std::int32_t number) const {
  // Nearly every enum counts from 0 without a hole.
  const auto guess = static_cast<std::uint32_t>(number);
  if (guess < entries.size() && entries[guess].number == number) return entries[guess].name;
  const auto found = std::ranges::lower_bound(entries, number, {}, &Entry::number);
  if (found == entries.end() || found->number != number) return {};
  return found->name;
}

const FieldType* MessageType::find(std::string_view field) const {
  auto found = std::ranges::find(fields, field, &FieldType::name);
  if (found == fields.end()) found = std::ranges::find(fields, field, &FieldType::json_name);
  return found == fields.end() ? nullptr : &*found;
}

const MessageType* rows_inside(const MessageType& type) {
  if (type.fields.size() != 1) return nullptr;
  const FieldType& only = type.fields.front();
  const bool is_list = only.is_repeated && !only.is_map && only.kind == FieldKind::message;
  return is_list ? only.message : nullptr;
}

}  // namespace penstock::protobuf
