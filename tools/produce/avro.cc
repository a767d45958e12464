#include "produce/avro.h"

#include <cmath>
#include <cstring>
#include <nlohmann/json.hpp>

#include "produce/field.h"

namespace penstock::produce {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kWebSchema = R"({"type": "record", "name": "Event", "fields": [
  {"name": "id", "type": "long"},
  {"name": "ts", "type": {"type": "long", "logicalType": "timestamp-millis"}},
  {"name": "session_id", "type": {"type": "string", "logicalType": "uuid"}},
  {"name": "user", "type": "string"},
  {"name": "event", "type": "string"},
  {"name": "url", "type": "string"},
  {"name": "amount", "type": "double"},
  {"name": "mobile", "type": "boolean"},
  {"name": "ip", "type": "string"},
  {"name": "country", "type": "string"},
  {"name": "tags", "type": {"type": "array", "items": "int"}}]})";

constexpr std::string_view kOrderSchema = R"({"type": "record", "name": "Order", "fields": [
  {"name": "id", "type": "long"},
  {"name": "ts", "type": {"type": "long", "logicalType": "timestamp-millis"}},
  {"name": "status", "type": "string"},
  {"name": "channel", "type": "string"},
  {"name": "currency", "type": "string"},
  {"name": "customer", "type": "string"},
  {"name": "total",
   "type": {"type": "bytes", "logicalType": "decimal", "precision": 12, "scale": 2}},
  {"name": "coupon", "type": ["null", "string"]},
  {"name": "address", "type": "string"},
  {"name": "note", "type": "string"},
  {"name": "agent", "type": "string"},
  {"name": "device", "type": {"type": "record", "name": "Device", "fields": [
    {"name": "name", "type": "string"},
    {"name": "os", "type": {"type": "record", "name": "Os", "fields": [
      {"name": "name", "type": "string"}, {"name": "version", "type": "string"}]}},
    {"name": "screen", "type": {"type": "record", "name": "Screen", "fields": [
      {"name": "width", "type": "int"}, {"name": "height", "type": "int"}]}}]}},
  {"name": "attributes", "type": {"type": "map", "values": "string"}},
  {"name": "readings", "type": {"type": "array", "items": "double"}}]})";

constexpr std::string_view kSync = "penstock_produce";

void put_long(std::string& out, std::int64_t value) {
  auto folded = static_cast<std::uint64_t>(value) << 1 ^ static_cast<std::uint64_t>(value >> 63);
  for (; folded >= 0x80; folded >>= 7) out.push_back(static_cast<char>(folded | 0x80));
  out.push_back(static_cast<char>(folded));
}

void put_text(std::string& out, std::string_view text) {
  put_long(out, static_cast<std::int64_t>(text.size()));
  out.append(text);
}

void put_real(std::string& out, double value) {
  char bytes[sizeof(value)];
  std::memcpy(bytes, &value, sizeof(value));
  out.append(bytes, sizeof(value));
}

/// As few bytes as hold the cents and their sign, the highest first.
void put_money(std::string& out, double value) {
  const std::int64_t cents = std::llround(value * 100);
  int bytes = 1;
  while (cents >> (8 * bytes - 1) != 0) ++bytes;
  put_long(out, bytes);
  while (bytes-- > 0) out.push_back(static_cast<char>(cents >> 8 * bytes));
}

/// An array or map in one block; `put` takes an element, of a map its key too.
template <class Put>
void put_block(std::string& out, const Json& values, Put&& put) {
  if (!values.empty()) {
    put_long(out, static_cast<std::int64_t>(values.size()));
    for (const auto& [key, value] : values.items()) put(key, value);
  }
  put_long(out, 0);
}

void put_fields(std::string& out, std::span<const Field> fields, const Json& values);

void put_field(std::string& out, const Field& field, const Json& value) {
  const auto number = [&out](const auto& /*key*/, const Json& one) { put_long(out, one); };
  const auto real = [&out](const auto& /*key*/, const Json& one) { put_real(out, one); };
  const auto entry = [&out](const auto& key, const Json& one) {
    put_text(out, key);
    put_text(out, one.get_ref<const std::string&>());
  };
  switch (field.form) {
    case FieldForm::number: return put_long(out, value);
    case FieldForm::real: return put_real(out, value);
    case FieldForm::flag: return out.push_back(value.get<bool>() ? 1 : 0);
    case FieldForm::moment:
      return put_long(out, milliseconds_of(value.get_ref<const std::string&>()));
    case FieldForm::money: return put_money(out, value);
    case FieldForm::numbers: return put_block(out, value, number);
    case FieldForm::reals: return put_block(out, value, real);
    case FieldForm::texts: return put_block(out, value, entry);
    case FieldForm::record: return put_fields(out, field.inside, value);
    case FieldForm::optional_text:
      put_long(out, value.is_null() ? 0 : 1);  // the union's branch
      if (value.is_null()) return;
      break;
    case FieldForm::text: break;
  }
  put_text(out, value.get_ref<const std::string&>());
}

void put_fields(std::string& out, std::span<const Field> fields, const Json& values) {
  for (const Field& field : fields) put_field(out, field, values.at(std::string(field.name)));
}

}  // namespace

std::string_view avro_schema(std::string_view event) {
  return event == "web" ? kWebSchema : kOrderSchema;
}

std::string to_avro(std::string_view event, std::string_view json) {
  std::string datum;
  put_fields(datum, fields_of(event), Json::parse(json));
  return datum;
}

std::string confluent_frame(std::uint32_t schema_id, std::string_view datum) {
  std::string framed(1, '\0');
  for (const int shift : {24, 16, 8, 0}) framed.push_back(static_cast<char>(schema_id >> shift));
  return framed.append(datum);
}

std::string avro_file_head(std::string_view event) {
  std::string head("Obj\x01");
  put_long(head, 2);
  put_text(head, "avro.schema");
  put_text(head, avro_schema(event));
  put_text(head, "avro.codec");
  put_text(head, "null");
  put_long(head, 0);
  return head.append(kSync);
}

std::string avro_file_block(std::uint64_t count, std::string_view data) {
  std::string block;
  put_long(block, static_cast<std::int64_t>(count));
  put_text(block, data);
  return block.append(kSync);
}

}  // namespace penstock::produce
