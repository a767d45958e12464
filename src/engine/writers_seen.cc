#include "engine/writers_seen.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "formats/avro/container.h"

namespace penstock {
namespace {

using kafka::MessageFormat;

bool is_same(const WriterSeen& left, const WriterSeen& right) {
  return left.schema == right.schema && left.message_indexes == right.message_indexes &&
         left.file_schema == right.file_schema;
}

std::uint32_t id_of(const SchemaName& name) {
  const auto* const id = std::get_if<SchemaId>(&name);
  return id == nullptr ? 0 : id->value;
}

/// Ends with what tells any two apart, so that the order is always the same.
auto age(const WriterSeen& writer) {
  return std::tuple(id_of(writer.schema), writer.latest_ms, to_string(writer.schema),
                    writer.message_indexes, writer.file_schema);
}

}  // namespace

WritersSeen::WritersSeen(const PipeDocument& document)
    : type_(document.source.kafka->format == MessageFormat::protobuf ? SchemaType::protobuf
                                                                     : SchemaType::avro),
      has_files_(document.source.kafka->format == MessageFormat::avro),
      frames_(type_, document.settings.max_message_bytes,
              document.source.kafka->protobuf_plain_indexes ? IndexCoding::plain
                                                            : IndexCoding::zigzag) {}

std::optional<std::string> WritersSeen::add(const RecordBatch& batch, std::size_t index) {
  const std::string_view value = as_text(batch.values[index]);
  WriterSeen writer{.latest_ms = batch.timestamps_ms[index]};
  if (!has_files_) {
    if (const auto refusal = frames_.read({batch, index, value}, framed_)) return refusal->detail;
    writer.schema = framed_.schema;
    writer.message_indexes = framed_.message_indexes;
  } else if (value.starts_with(avro::kContainerMagic)) {
    auto schema = avro::schema_of_file(value);
    if (!schema) return "the message is a broken Avro container file";
    writer.file_schema = *std::move(schema);
  }
  note(std::move(writer));
  return std::nullopt;
}

void WritersSeen::note(WriterSeen writer) {
  const auto known = std::ranges::find_if(
      writers_, [&](const WriterSeen& other) { return is_same(writer, other); });
  if (known == writers_.end()) {
    writers_.push_back(std::move(writer));
  } else {
    known->latest_ms = std::max(known->latest_ms, writer.latest_ms);
  }
}

std::vector<WriterSeen> WritersSeen::newest_first() const {
  std::vector<WriterSeen> sorted = writers_;
  std::ranges::sort(sorted, std::greater<>(), age);
  return sorted;
}

}  // namespace penstock
