#include "formats/schema_frame.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

namespace penstock {
namespace {

// Confluent: SchemaId.java of schema-registry; AWS Glue: SerializationDataEncoder.java of
// aws-glue-schema-registry.
constexpr char kIdFrame = 0;
constexpr char kGuidFrame = 1;
constexpr char kGlueFrame = 3;
constexpr char kStored = 0;
constexpr char kZlib = 5;
constexpr std::string_view kHeader = "__value_schema_id";
/// Types in types; protoc's own parser goes no deeper than 32.
constexpr std::int64_t kMostIndexes = 64;

bool begins_with_frame(std::string_view value) {
  return !value.empty() &&
         (value[0] == kIdFrame || value[0] == kGuidFrame || value[0] == kGlueFrame);
}

RecordRefusal broken(std::string detail) {
  return {.code = "decode.broken", .detail = std::move(detail)};
}

RecordRefusal cut_off(std::string_view what, std::size_t size) {
  return broken(fmt::format("{} is cut off after {} bytes", what, size));
}

SchemaGuid guid_at(const char* at) {
  SchemaGuid guid;
  std::transform(at, at + guid.size(), guid.begin(),
                 [](char c) { return static_cast<std::byte>(c); });
  return guid;
}

/// Takes a varint of at most 64 bits off the front.
std::optional<std::uint64_t> take_varint(std::string_view& rest) {
  std::uint64_t value = 0;
  for (unsigned shift = 0; shift < 64 && !rest.empty(); shift += 7) {
    const auto byte = static_cast<unsigned char>(rest.front());
    rest.remove_prefix(1);
    value |= static_cast<std::uint64_t>(byte & 0x7f) << shift;
    if (byte < 0x80) return value;
  }
  return std::nullopt;
}

std::optional<std::int32_t> take_index(std::string_view& rest, IndexCoding coding) {
  const auto read = take_varint(rest);
  if (!read) return std::nullopt;
  const std::uint64_t value = coding == IndexCoding::plain ? *read : *read >> 1;
  const bool negative = coding == IndexCoding::zigzag && (*read & 1) != 0;
  if (negative || value > std::numeric_limits<std::int32_t>::max()) return std::nullopt;
  return static_cast<std::int32_t>(value);
}

/// Takes the path off the front. False when it is cut off or absurd.
bool take_path(std::string_view& rest, IndexCoding coding, std::vector<std::int32_t>& path) {
  const auto count = take_index(rest, coding);
  if (!count || *count > kMostIndexes) return false;
  if (*count == 0) path.push_back(0);  // the short form of the usual path
  for (std::int32_t i = 0; i < *count; ++i) {
    const auto index = take_index(rest, coding);
    if (!index) return false;
    path.push_back(*index);
  }
  return true;
}

/// Takes Confluent's id or GUID off the front of `rest`, which begins with its magic byte.
std::optional<SchemaName> take_name(std::string_view& rest) {
  const std::size_t size = 1 + (rest[0] == kIdFrame ? sizeof(std::uint32_t) : sizeof(SchemaGuid));
  if (rest.size() < size) return std::nullopt;
  const char* name = rest.data() + 1;
  const bool is_id = rest[0] == kIdFrame;
  rest.remove_prefix(size);
  if (!is_id) return guid_at(name);
  SchemaId id;
  for (int i = 0; i < 4; ++i) id.value = id.value << 8 | static_cast<unsigned char>(name[i]);
  return id;
}

/// Takes a whole Confluent frame off `rest`, which begins with its magic byte. `place` names it.
std::optional<RecordRefusal> take_confluent(std::string_view& rest, std::string_view place,
                                            SchemaType type, IndexCoding coding,
                                            FramedMessage& into) {
  const std::size_t size = rest.size();
  const auto name = take_name(rest);
  if (!name) return cut_off(place, size);
  into.schema = *name;
  if (type == SchemaType::protobuf && !take_path(rest, coding, into.message_indexes.path)) {
    return broken(fmt::format("{} holds no readable message indexes", place));
  }
  return std::nullopt;
}

const Header* schema_header(std::span<const Header> headers) {
  const auto last = std::find_if(headers.rbegin(), headers.rend(),
                                 [](const Header& header) { return header.name == kHeader; });
  return last == headers.rend() ? nullptr : &*last;
}

}  // namespace

FrameReader::FrameReader(SchemaType type, std::size_t max_payload_bytes, IndexCoding indexes)
    : type_(type),
      max_payload_bytes_(max_payload_bytes),
      indexes_(indexes),
      inflater_(max_payload_bytes) {}

bool FrameReader::reads_headers(std::string_view value) const {
  if (type_ == SchemaType::avro) return true;
  return type_ == SchemaType::protobuf && !begins_with_frame(value);
}

std::optional<RecordRefusal> FrameReader::read(const RecordView& record, FramedMessage& into) {
  into.message_indexes.path.clear();
  into.message_indexes.by_full_name = false;
  into.payload = record.value;
  into.schema = ConfiguredSchema{};
  if (reads_headers(record.value)) {
    if (const Header* header = schema_header(record.batch.headers_of(record.index))) {
      std::string_view rest = as_text(header->value);
      if (rest.empty() || (rest[0] != kIdFrame && rest[0] != kGuidFrame)) {
        return broken("the header __value_schema_id holds neither an id nor a GUID");
      }
      return take_confluent(rest, "the header __value_schema_id", type_, indexes_, into);
    }
  }
  if (!begins_with_frame(record.value)) return std::nullopt;
  if (record.value[0] == kGlueFrame) return read_glue(record.value.substr(1), into);
  return take_confluent(into.payload, "the frame with the schema's name", type_, indexes_, into);
}

std::optional<RecordRefusal> FrameReader::read_glue(std::string_view rest, FramedMessage& into) {
  constexpr std::size_t kSize = 1 + sizeof(SchemaGuid);
  if (rest.size() < kSize) return cut_off("the frame of AWS Glue", rest.size() + 1);
  const char compression = rest[0];
  into.schema = SchemaVersionId{guid_at(rest.data() + 1)};
  into.payload = rest.substr(kSize);
  if (compression != kStored && compression != kZlib) {
    return broken(fmt::format("the frame of AWS Glue names the unknown compression {}",
                              static_cast<unsigned char>(compression)));
  }
  if (compression == kZlib) {
    switch (inflater_.inflate(into.payload)) {
      case Inflater::Outcome::whole: into.payload = inflater_.bytes(); break;
      case Inflater::Outcome::broken: return broken("the payload is no whole zlib stream");
      case Inflater::Outcome::too_large:
        return RecordRefusal{
            .code = "decode.too_large",
            .detail = fmt::format("the unpacked payload is above the limit of {} bytes",
                                  max_payload_bytes_)};
    }
  }
  if (type_ != SchemaType::protobuf) return std::nullopt;
  const auto index = take_index(into.payload, IndexCoding::plain);
  if (!index) return broken("the frame of AWS Glue holds no readable message index");
  into.message_indexes.path.push_back(*index);
  into.message_indexes.by_full_name = true;
  return std::nullopt;
}

}  // namespace penstock
