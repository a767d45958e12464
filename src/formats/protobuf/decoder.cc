#include "formats/protobuf/decoder.h"

#include <fmt/format.h>

#include <utility>

#include "formats/protobuf/program.h"
#include "formats/protobuf/schema.h"
#include "formats/schema_programs.h"

namespace penstock {
namespace protobuf {
namespace {

class ProtobufDecoder final : public RecordDecoder {
 public:
  /// `sample`: a block of the mapping's layout.
  ProtobufDecoder(Mapping mapping, RecordLimits limits, ProtobufOptions options, Block sample)
      : RecordDecoder(std::move(mapping), limits, EmptyMessage::is_a_message),
        sample_(std::move(sample)),
        message_(std::move(options.message)),
        frames_(SchemaType::protobuf, limits.max_message_bytes, options.indexes),
        programs_(std::move(options.schemas), SchemaType::protobuf,
                  [this](const RegisteredSchema& schema, const FramedMessage& frame) {
                    return compile(schema, frame);
                  }) {}

 private:
  using Programs = SchemaPrograms<Program>;

  void start_batch(Block& /*into*/) override { ++batch_; }
  std::optional<RecordRefusal> decode_record(const RecordView& record, Block& into) override;
  Programs::Compiled compile(const RegisteredSchema& registered, const FramedMessage& frame);
  RecordRefusal refuse(const Trouble& trouble) const;

  Block sample_;
  const std::string message_;
  FrameReader frames_;
  FramedMessage framed_;
  Programs programs_;
  std::uint64_t batch_ = 0;
};

std::optional<RecordRefusal> ProtobufDecoder::decode_record(const RecordView& record, Block& into) {
  if (auto refusal = frames_.read(record, framed_)) return refusal;
  Program* const program = programs_.find(framed_);
  if (program == nullptr) {
    if (programs_.outage()) return give_up_batch(*programs_.outage());
    return programs_.refusal();
  }
  program->aim(into, batch_);
  std::optional<RecordRefusal> refusal;
  const Fit fit = program->write(framed_.payload, [&] {
    refusal = close_row(record, into);
    return !refusal;
  });
  if (fit != Fit::ok) return refuse(program->trouble());
  return refusal;
}

ProtobufDecoder::Programs::Compiled ProtobufDecoder::compile(const RegisteredSchema& registered,
                                                             const FramedMessage& frame) {
  auto schema = Schema::read(registered);
  if (!schema.ok()) {
    return RecordRefusal{.code = schema.error().code, .detail = schema.error().text()};
  }
  auto type = schema.value()->message(frame.message_indexes, message_);
  if (!type.ok()) return RecordRefusal{.code = type.error().code, .detail = type.error().text()};
  return std::make_unique<Program>(schema.value(), *type.value(), mapping(), sample_, limits());
}

RecordRefusal ProtobufDecoder::refuse(const Trouble& trouble) const {
  switch (trouble.kind) {
    case Trouble::Kind::broken:
      return {.code = "decode.broken",
              .slot = trouble.slot,
              .detail = "the message is not as its schema says: " + trouble.found};
    case Trouble::Kind::too_deep:
      return {.code = "decode.too_large",
              .slot = trouble.slot,
              .detail = fmt::format("the message nests deeper than {} levels", limits().max_depth)};
    case Trouble::Kind::long_text:
      return refuse_length(trouble.slot.value_or(0), trouble.text_bytes);
    case Trouble::Kind::refused: break;
  }
  return refuse_value(trouble.fit, trouble.slot.value_or(0), trouble.found);
}

}  // namespace
}  // namespace protobuf

Result<std::unique_ptr<Decoder>> make_protobuf_decoder(Mapping mapping, RecordLimits limits,
                                                       ProtobufOptions options) {
  // Messages inside each other are read by functions that call themselves.
  constexpr std::size_t kMostDepth = 1000;
  constexpr std::size_t kMostBytes = 0x7FFFFFFF;
  if (limits.max_message_bytes == 0 || limits.max_message_bytes > kMostBytes ||
      limits.max_depth == 0 || limits.max_depth > kMostDepth) {
    return Error{
        .fault = Fault::user,
        .recovery = Recovery::stop,
        .code = "pipe.document",
        .message = fmt::format("cannot read Protobuf with limits of {} bytes and {} "
                               "levels: use 1 to {} bytes and 1 to {} levels",
                               limits.max_message_bytes, limits.max_depth, kMostBytes, kMostDepth)};
  }
  PENSTOCK_TRY(sample, Block::make(mapping.layout));
  return std::unique_ptr<Decoder>(std::make_unique<protobuf::ProtobufDecoder>(
      std::move(mapping), limits, std::move(options), std::move(sample)));
}

}  // namespace penstock
