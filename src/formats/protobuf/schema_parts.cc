#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <optional>
#include <utility>

#include "formats/protobuf/schema_files_private.h"
#include "formats/protobuf/schema_parts_private.h"
#include "formats/protobuf/well_known.h"

namespace penstock::protobuf {
namespace {

namespace pb = google::protobuf;

WellKnown well_known(const pb::Descriptor& type) {
  if (type.full_name() == "confluent.type.Decimal") return WellKnown::decimal;
  switch (type.well_known_type()) {
    case pb::Descriptor::WELLKNOWNTYPE_TIMESTAMP: return WellKnown::timestamp;
    case pb::Descriptor::WELLKNOWNTYPE_DURATION: return WellKnown::duration;
    case pb::Descriptor::WELLKNOWNTYPE_DOUBLEVALUE:
    case pb::Descriptor::WELLKNOWNTYPE_FLOATVALUE:
    case pb::Descriptor::WELLKNOWNTYPE_INT64VALUE:
    case pb::Descriptor::WELLKNOWNTYPE_UINT64VALUE:
    case pb::Descriptor::WELLKNOWNTYPE_INT32VALUE:
    case pb::Descriptor::WELLKNOWNTYPE_UINT32VALUE:
    case pb::Descriptor::WELLKNOWNTYPE_STRINGVALUE:
    case pb::Descriptor::WELLKNOWNTYPE_BYTESVALUE:
    case pb::Descriptor::WELLKNOWNTYPE_BOOLVALUE: return WellKnown::wrapper;
    case pb::Descriptor::WELLKNOWNTYPE_STRUCT: return WellKnown::structure;
    case pb::Descriptor::WELLKNOWNTYPE_VALUE: return WellKnown::value;
    case pb::Descriptor::WELLKNOWNTYPE_LISTVALUE: return WellKnown::list_value;
    case pb::Descriptor::WELLKNOWNTYPE_ANY: return WellKnown::any;
    case pb::Descriptor::WELLKNOWNTYPE_FIELDMASK: return WellKnown::field_mask;
    default: return WellKnown::none;
  }
}

FieldKind kind_of(pb::FieldDescriptor::Type type) {
  switch (type) {
    case pb::FieldDescriptor::TYPE_DOUBLE: return FieldKind::real64;
    case pb::FieldDescriptor::TYPE_FLOAT: return FieldKind::real32;
    case pb::FieldDescriptor::TYPE_INT64: return FieldKind::int64;
    case pb::FieldDescriptor::TYPE_UINT64: return FieldKind::uint64;
    case pb::FieldDescriptor::TYPE_INT32: return FieldKind::int32;
    case pb::FieldDescriptor::TYPE_FIXED64: return FieldKind::fixed64;
    case pb::FieldDescriptor::TYPE_FIXED32: return FieldKind::fixed32;
    case pb::FieldDescriptor::TYPE_BOOL: return FieldKind::boolean;
    case pb::FieldDescriptor::TYPE_STRING: return FieldKind::text;
    case pb::FieldDescriptor::TYPE_BYTES: return FieldKind::bytes;
    case pb::FieldDescriptor::TYPE_UINT32: return FieldKind::uint32;
    case pb::FieldDescriptor::TYPE_ENUM: return FieldKind::enumeration;
    case pb::FieldDescriptor::TYPE_SFIXED32: return FieldKind::sfixed32;
    case pb::FieldDescriptor::TYPE_SFIXED64: return FieldKind::sfixed64;
    case pb::FieldDescriptor::TYPE_SINT32: return FieldKind::sint32;
    case pb::FieldDescriptor::TYPE_SINT64: return FieldKind::sint64;
    case pb::FieldDescriptor::TYPE_GROUP:
    case pb::FieldDescriptor::TYPE_MESSAGE: break;
  }
  return FieldKind::message;
}

std::uint64_t zigzag(std::int64_t value) {
  return static_cast<std::uint64_t>(value) << 1 ^ static_cast<std::uint64_t>(value >> 63);
}

/// The field's default in its wire form; that of the language when it names none.
FieldDefault default_of(const pb::FieldDescriptor& field) {
  if (field.is_repeated()) return {};
  const bool is_zigzag = field.type() == pb::FieldDescriptor::TYPE_SINT32 ||
                         field.type() == pb::FieldDescriptor::TYPE_SINT64;
  const auto signed_form = [is_zigzag](std::int64_t value) {
    return is_zigzag ? zigzag(value) : static_cast<std::uint64_t>(value);
  };
  switch (field.cpp_type()) {
    case pb::FieldDescriptor::CPPTYPE_INT32: return {signed_form(field.default_value_int32()), {}};
    case pb::FieldDescriptor::CPPTYPE_INT64: return {signed_form(field.default_value_int64()), {}};
    case pb::FieldDescriptor::CPPTYPE_UINT32: return {field.default_value_uint32(), {}};
    case pb::FieldDescriptor::CPPTYPE_UINT64: return {field.default_value_uint64(), {}};
    case pb::FieldDescriptor::CPPTYPE_DOUBLE:
      return {std::bit_cast<std::uint64_t>(field.default_value_double()), {}};
    case pb::FieldDescriptor::CPPTYPE_FLOAT:
      return {std::bit_cast<std::uint32_t>(field.default_value_float()), {}};
    case pb::FieldDescriptor::CPPTYPE_BOOL: return {field.default_value_bool() ? 1u : 0u, {}};
    case pb::FieldDescriptor::CPPTYPE_ENUM:
      return {signed_form(field.default_value_enum()->number()), {}};
    case pb::FieldDescriptor::CPPTYPE_STRING: return {0, field.default_value_string()};
    case pb::FieldDescriptor::CPPTYPE_MESSAGE: break;
  }
  return {};
}

/// Turns descriptors into our own, each once; schemas may be recursive.
class Describer {
 public:
  Describer(SchemaParts& parts, const std::set<std::string>& implicit)
      : parts_(parts), implicit_(implicit) {}

  void add_files(const pb::FileDescriptor& file) {
    if (file.is_placeholder() || !seen_.insert(&file).second) return;
    for (int i = 0; i < file.message_type_count(); ++i) add(*file.message_type(i));
    for (int i = 0; i < file.dependency_count(); ++i) add_files(*file.dependency(i));
  }

  const MessageType* add(const pb::Descriptor& type) {
    auto& slot = parts_.messages[type.full_name()];
    if (slot != nullptr) return slot.get();
    slot = std::make_unique<MessageType>();
    MessageType& message = *slot;
    message.name = type.full_name();
    message.well_known = well_known(type);
    for (int i = 0; i < type.real_oneof_decl_count(); ++i) {
      message.oneofs.push_back(type.oneof_decl(i)->name());
    }
    for (int i = 0; i < type.field_count(); ++i) message.fields.push_back(describe(*type.field(i)));
    if (!has_fields_of(message.well_known, message)) message.well_known = WellKnown::none;
    for (int i = 0; i < type.nested_type_count(); ++i) add(*type.nested_type(i));
    return &message;
  }

  /// What is not defined anywhere: "field shop.Order.item: shop.Item"; empty when all is.
  const std::string& undefined() const noexcept { return undefined_; }

 private:
  FieldType describe(const pb::FieldDescriptor& field) {
    FieldType made;
    made.name = field.name();
    made.json_name = field.json_name();
    made.number = static_cast<std::uint32_t>(field.number());
    made.kind = kind_of(field.type());
    made.is_repeated = field.is_repeated();
    made.is_map = field.is_map();
    made.is_map_key = field.containing_type()->options().map_entry() && field.number() == 1;
    made.is_required = field.is_required();
    made.has_presence = field.has_presence() && !implicit_.contains(field.full_name());
    if (const auto* oneof = field.real_containing_oneof()) {
      made.oneof = static_cast<std::uint32_t>(oneof->index());
    }
    if (made.kind == FieldKind::message) {
      if (field.message_type()->is_placeholder()) {
        note_undefined(field, field.message_type()->full_name());
      } else {
        made.message = add(*field.message_type());
      }
    } else if (made.kind == FieldKind::enumeration) {
      if (field.enum_type()->is_placeholder()) {
        note_undefined(field, field.enum_type()->full_name());
        return made;
      }
      made.enumeration = add(*field.enum_type());
    }
    made.zero = default_of(field);
    if (field.has_default_value()) made.written_default = made.zero;
    return made;
  }

  const EnumType* add(const pb::EnumDescriptor& type) {
    auto& slot = enums_[&type];
    if (slot != nullptr) return slot;
    auto made = std::make_unique<EnumType>();
    made->name = type.full_name();
    for (int i = 0; i < type.value_count(); ++i) {
      made->entries.push_back({type.value(i)->number(), type.value(i)->name()});
    }
    std::ranges::stable_sort(made->entries, {}, &EnumType::Entry::number);
    const auto aliases = std::unique(
        made->entries.begin(), made->entries.end(),
        [](const auto& left, const auto& right) { return left.number == right.number; });
    made->entries.erase(aliases, made->entries.end());
    slot = made.get();
    parts_.enums.push_back(std::move(made));
    return slot;
  }

  void note_undefined(const pb::FieldDescriptor& field, const std::string& type) {
    if (!undefined_.empty()) undefined_ += ", ";
    undefined_ += fmt::format("{} of field {}", type, field.full_name());
  }

  SchemaParts& parts_;
  const std::set<std::string>& implicit_;
  std::set<const pb::FileDescriptor*> seen_;
  std::map<const pb::EnumDescriptor*, const EnumType*> enums_;
  std::string undefined_;
};

void list_by_name(const pb::Descriptor& type, SchemaParts& parts) {
  parts.by_full_name[type.full_name()] = parts.messages.find(type.full_name())->second.get();
  for (int i = 0; i < type.nested_type_count(); ++i) list_by_name(*type.nested_type(i), parts);
}

void number(const pb::Descriptor& type, const std::vector<std::int32_t>& indexes,
            SchemaParts& parts) {
  parts.by_indexes[indexes] = parts.messages.find(type.full_name())->second.get();
  std::int32_t next = 0;
  for (int i = 0; i < type.nested_type_count(); ++i) {
    const pb::Descriptor& nested = *type.nested_type(i);
    if (nested.options().map_entry()) continue;
    std::vector<std::int32_t> inner = indexes;
    inner.push_back(next++);
    number(nested, inner, parts);
  }
}

}  // namespace

Result<SchemaParts> describe(const pb::FileDescriptor& main,
                             const std::set<std::string>& implicit) {
  SchemaParts parts;
  Describer describer(parts, implicit);
  describer.add_files(main);
  if (!describer.undefined().empty()) {
    return unusable_schema("no file defines " + describer.undefined());
  }
  parts.package = main.package();
  for (int i = 0; i < main.message_type_count(); ++i) {
    number(*main.message_type(i), {i}, parts);
    list_by_name(*main.message_type(i), parts);
  }
  return parts;
}

}  // namespace penstock::protobuf
