#include "produce/protobuf.h"

#include <fmt/format.h>

#include <cstring>
#include <nlohmann/json.hpp>

#include "produce/field.h"

namespace penstock::produce {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kWebSchema = R"(syntax = "proto3";
import "google/protobuf/timestamp.proto";
message Event {
  uint64 id = 1;
  google.protobuf.Timestamp ts = 2;
  string session_id = 3;
  string user = 4;
  string event = 5;
  string url = 6;
  double amount = 7;
  bool mobile = 8;
  string ip = 9;
  string country = 10;
  repeated uint32 tags = 11;
}
)";

constexpr std::string_view kOrderSchema = R"(syntax = "proto3";
import "google/protobuf/timestamp.proto";
message Order {
  uint64 id = 1;
  google.protobuf.Timestamp ts = 2;
  string status = 3;
  string channel = 4;
  string currency = 5;
  string customer = 6;
  string total = 7;  // no binary number says it exactly
  optional string coupon = 8;
  string address = 9;
  string note = 10;
  string agent = 11;
  Device device = 12;
  map<string, string> attributes = 13;
  repeated double readings = 14;
}
message Device {
  string name = 1;
  Os os = 2;
  Screen screen = 3;
}
message Os {
  string name = 1;
  string version = 2;
}
message Screen {
  uint32 width = 1;
  uint32 height = 2;
}
)";

void put_varint(std::string& out, std::uint64_t value) {
  for (; value >= 0x80; value >>= 7) out.push_back(static_cast<char>(value | 0x80));
  out.push_back(static_cast<char>(value));
}

void put_fixed(std::string& out, double value) {
  char bytes[sizeof(value)];
  std::memcpy(bytes, &value, sizeof(value));
  out.append(bytes, sizeof(value));
}

// Fields with their tags. Zero and nothing are left out, as these fields have no presence.

void put_number(std::string& out, unsigned field, std::uint64_t value) {
  if (value == 0) return;
  put_varint(out, field << 3);
  put_varint(out, value);
}

void put_real(std::string& out, unsigned field, double value) {
  if (value == 0) return;
  put_varint(out, field << 3 | 1);
  put_fixed(out, value);
}

void put_bytes(std::string& out, unsigned field, std::string_view bytes) {
  if (bytes.empty()) return;
  put_varint(out, field << 3 | 2);
  put_varint(out, bytes.size());
  out.append(bytes);
}

std::string timestamp(std::string_view moment) {
  const auto milliseconds = static_cast<std::uint64_t>(milliseconds_of(moment));
  std::string bytes;
  put_number(bytes, 1, milliseconds / 1000);
  put_number(bytes, 2, milliseconds % 1000 * 1'000'000);
  return bytes;
}

std::string numbers(const Json& list) {
  std::string packed;
  for (const Json& value : list) put_varint(packed, value);
  return packed;
}

std::string reals(const Json& list) {
  std::string packed;
  for (const Json& value : list) put_fixed(packed, value);
  return packed;
}

void put_entries(std::string& out, unsigned field, const Json& map) {
  for (const auto& [key, value] : map.items()) {
    std::string entry;
    put_bytes(entry, 1, key);
    put_bytes(entry, 2, value.get_ref<const std::string&>());
    put_bytes(out, field, entry);
  }
}

std::string message(std::span<const Field> fields, const Json& values) {
  std::string out;
  unsigned number = 0;
  for (const Field& field : fields) {
    const Json& value = values.at(std::string(field.name));
    ++number;
    if (value.is_null()) continue;
    switch (field.form) {
      case FieldForm::number: put_number(out, number, value); break;
      case FieldForm::real: put_real(out, number, value); break;
      case FieldForm::flag: put_number(out, number, value.get<bool>() ? 1 : 0); break;
      case FieldForm::text:
      case FieldForm::optional_text:
        put_bytes(out, number, value.get_ref<const std::string&>());
        break;
      case FieldForm::moment:
        put_bytes(out, number, timestamp(value.get_ref<const std::string&>()));
        break;
      case FieldForm::money:
        put_bytes(out, number, fmt::format("{:.2f}", value.get<double>()));
        break;
      case FieldForm::numbers: put_bytes(out, number, numbers(value)); break;
      case FieldForm::reals: put_bytes(out, number, reals(value)); break;
      case FieldForm::texts: put_entries(out, number, value); break;
      case FieldForm::record: put_bytes(out, number, message(field.inside, value)); break;
    }
  }
  return out;
}

}  // namespace

std::string_view protobuf_schema(std::string_view event) {
  return event == "web" ? kWebSchema : kOrderSchema;
}

std::string to_protobuf(std::string_view event, std::string_view json) {
  return message(fields_of(event), Json::parse(json));
}

std::string with_length(std::string_view message) {
  std::string delimited;
  put_varint(delimited, message.size());
  return delimited.append(message);
}

}  // namespace penstock::produce
