#include "formats/protobuf/message_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "formats/protobuf/base64.h"
#include "formats/protobuf/map_entries.h"
#include "formats/protobuf/number.h"
#include "formats/protobuf/packed.h"
#include "formats/protobuf/well_known.h"
#include "model/column/time_text.h"

namespace penstock::protobuf {
namespace {

constexpr std::string_view kTypeKey = "@type";

void put_key(JsonText& out, const FieldType& field, const WireValue& key) {
  if (key.has_bytes()) return out.put_key(key.bytes());
  with_number(field.kind, key.number,
              [&out](auto number) { out.put_key(fmt::format("{}", number)); });
}

void put_base64(JsonText& out, std::string_view bytes) {
  std::string text;
  append_base64(bytes, text);
  out.put_text(text);
}

struct NumberSpeller {
  JsonText& out;
  void operator()(std::int64_t number) const { out.put_int(number); }
  void operator()(std::uint64_t number) const { out.put_uint(number); }
  void operator()(bool number) const { out.put_bool(number); }
  void operator()(float number) const { out.put_real(number); }
  void operator()(double number) const { out.put_real(number); }
};

/// What a writer may as well leave out, though it was found: zero without presence, and packed
/// lists of nothing.
bool says_nothing(const FieldType& field, std::size_t index, const Findings& found) {
  if (field.is_map || field.kind == FieldKind::message) return false;
  if (!field.is_repeated) return !field.has_presence && is_zero(field, *found.last(index));
  return wire_type(field.kind) != WireType::length &&
         std::ranges::all_of(found.all(index), [](const WireValue& part) {
           return part.has_bytes() && part.bytes().empty();
         });
}

}  // namespace

WireValue merged(std::span<const WireValue> all, std::string& joined) {
  if (all.size() == 1) return all.front();
  joined.clear();
  for (const WireValue& part : all) joined += part.bytes();
  return WireValue::of(joined);
}

/// What it takes to read messages of one type, also inside each other.
struct MessageJson::Known {
  explicit Known(const MessageType& type) : table(type), type_(type) {}

  std::unique_ptr<Findings> take() {
    if (free_.empty()) return std::make_unique<Findings>(type_);
    auto taken = std::move(free_.back());
    free_.pop_back();
    return taken;
  }
  void give_back(std::unique_ptr<Findings> findings) { free_.push_back(std::move(findings)); }

  FieldTable table;

 private:
  const MessageType& type_;
  std::vector<std::unique_ptr<Findings>> free_;
};

MessageJson::MessageJson(std::shared_ptr<const Schema> schema, std::size_t max_depth)
    : schema_(std::move(schema)), max_depth_(max_depth) {}

MessageJson::~MessageJson() = default;

MessageJson::Known& MessageJson::known(const MessageType& type) {
  auto& slot = known_[&type];
  if (slot == nullptr) slot = std::make_unique<Known>(type);
  return *slot;
}

Fit MessageJson::put_message(const MessageType& type, std::string_view message, Trouble& trouble) {
  if (depth_ >= max_depth_) return trouble.call_too_deep();
  ++depth_;
  const Fit fit = type.well_known == WellKnown::none ? put_object(type, message, trouble)
                                                     : put_well_known(type, message, trouble);
  --depth_;
  return fit;
}

Fit MessageJson::put_object(const MessageType& type, std::string_view message, Trouble& trouble) {
  Known& reader = known(type);
  auto found = reader.take();
  Fit fit = reader.table.scan(message, max_depth_, *found, trouble);
  if (fit == Fit::ok) {
    out_.begin_object();
    fit = put_members(type, *found, trouble);
    out_.end_object();
  }
  reader.give_back(std::move(found));
  return fit;
}

Fit MessageJson::put_members(const MessageType& type, const Findings& found, Trouble& trouble) {
  for (std::size_t i = 0; i < type.fields.size(); ++i) {
    const FieldType& field = type.fields[i];
    if (!found.has(i) || says_nothing(field, i, found)) continue;
    out_.put_key(field.name);
    if (const Fit fit = put_field(type, i, found, trouble); fit != Fit::ok) return fit;
  }
  return Fit::ok;
}

Fit MessageJson::put_field(const MessageType& type, std::size_t index, const Findings& found,
                           Trouble& trouble) {
  const FieldType& field = type.fields[index];
  if (field.is_map) return put_map(field, found.all(index), trouble);
  if (field.is_repeated) return put_list(field, found.all(index), trouble);
  if (field.kind != FieldKind::message) return put_single(field, *found.last(index), trouble);
  std::string joined;
  return put_message(*field.message, merged(found.all(index), joined).bytes(), trouble);
}

Fit MessageJson::put_well_known(const MessageType& type, std::string_view message,
                                Trouble& trouble) {
  Known& reader = known(type);
  auto taken = reader.take();
  const Findings& found = *taken;
  Fit fit = reader.table.scan(message, max_depth_, *taken, trouble);
  if (fit != Fit::ok) return fit;
  switch (type.well_known) {
    case WellKnown::timestamp: {
      TimeBuffer buffer;
      const auto nanos = SecondsAndNanos::of(found).in_nanos();
      const auto text = nanos ? format_time(*nanos, TimeUnit::nanoseconds, buffer) : "";
      if (text.empty()) fit = trouble.refuse(Fit::out_of_range, "a moment beyond 1677 to 2262");
      out_.put_text(text);
      break;
    }
    case WellKnown::duration: out_.put_text(SecondsAndNanos::of(found).as_length()); break;
    case WellKnown::wrapper: {
      const FieldType& field = type.fields[0];
      fit = put_single(field, found.has(0) ? *found.last(0) : zero_of(field), trouble);
      break;
    }
    case WellKnown::structure: fit = put_map(type.fields[0], found.all(0), trouble); break;
    case WellKnown::list_value: fit = put_list(type.fields[0], found.all(0), trouble); break;
    case WellKnown::value: {
      std::size_t kind = 0;
      while (kind < type.fields.size() && !found.has(kind)) ++kind;
      const bool is_null = kind == 0 || kind == type.fields.size();
      if (is_null) out_.put_null();
      if (!is_null) fit = put_field(type, kind, found, trouble);
      break;
    }
    case WellKnown::any: fit = put_any(type, found, trouble); break;
    case WellKnown::field_mask: {
      std::string paths;
      for (const WireValue& path : found.all(0)) {
        paths += paths.empty() ? "" : ",";
        paths += path.bytes();
      }
      out_.put_text(paths);
      break;
    }
    case WellKnown::decimal:
    case WellKnown::none:
      out_.begin_object();
      fit = put_members(type, found, trouble);
      out_.end_object();
      break;
  }
  reader.give_back(std::move(taken));
  return fit;
}

/// The message inside with its type's name, or its bytes where the schema does not know it.
Fit MessageJson::put_any(const MessageType& /*type*/, const Findings& found, Trouble& trouble) {
  const std::string_view url = found.has(0) ? found.last(0)->bytes() : "";
  const std::string_view bytes = found.has(1) ? found.last(1)->bytes() : "";
  const MessageType* const inner = schema_->find(url.substr(url.rfind('/') + 1));
  Fit fit = Fit::ok;
  out_.begin_object();
  if (!url.empty()) {
    out_.put_key(kTypeKey);
    out_.put_text(url);
  }
  if (inner == nullptr) {
    if (!bytes.empty()) {
      out_.put_key("value");
      put_base64(out_, bytes);
    }
  } else if (inner->well_known != WellKnown::none) {
    out_.put_key("value");
    fit = put_message(*inner, bytes, trouble);
  } else if (depth_ >= max_depth_) {
    fit = trouble.call_too_deep();
  } else {
    Known& reader = known(*inner);
    auto members = reader.take();
    fit = reader.table.scan(bytes, max_depth_, *members, trouble);
    ++depth_;
    if (fit == Fit::ok) fit = put_members(*inner, *members, trouble);
    --depth_;
    reader.give_back(std::move(members));
  }
  out_.end_object();
  return fit;
}

Fit MessageJson::put_list(const FieldType& field, std::span<const WireValue> all,
                          Trouble& trouble) {
  out_.begin_array();
  for (const WireValue& part : all) {
    const Fit fit = for_each_element(
        field.kind, part, Fit::ok, Fit::unreadable,
        [&](const WireValue& element) { return put_single(field, element, trouble); });
    if (fit == Fit::ok) continue;
    return trouble.fit == Fit::ok
               ? trouble.call_broken(fmt::format("the packed list {} is cut off", field.name))
               : fit;
  }
  out_.end_array();
  return Fit::ok;
}

Fit MessageJson::put_map(const FieldType& field, std::span<const WireValue> all, Trouble& trouble) {
  MapEntries map;
  if (const Fit fit = map.read(field, all, max_depth_, trouble); fit != Fit::ok) return fit;
  const FieldType& values = value_of(field);
  out_.begin_object();
  for (const MapEntries::Entry& entry : map.entries()) {
    put_key(out_, key_of(field), entry.key);
    if (const Fit fit = put_single(values, entry.value, trouble); fit != Fit::ok) return fit;
  }
  out_.end_object();
  return Fit::ok;
}

Fit MessageJson::put_single(const FieldType& field, const WireValue& value, Trouble& trouble) {
  switch (field.kind) {
    case FieldKind::message: return put_message(*field.message, value.bytes(), trouble);
    case FieldKind::text: out_.put_text(value.bytes()); break;
    case FieldKind::bytes: put_base64(out_, value.bytes()); break;
    case FieldKind::enumeration: {
      const auto number = number_of<FieldKind::enumeration>(value.number);
      const auto name = field.enumeration->name_of(static_cast<std::int32_t>(number));
      if (name.empty()) {
        out_.put_int(number);
      } else {
        out_.put_text(name);
      }
      break;
    }
    default: with_number(field.kind, value.number, NumberSpeller{out_});
  }
  return Fit::ok;
}

}  // namespace penstock::protobuf
