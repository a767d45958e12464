#include "formats/avro/decoder.h"

#include <fmt/format.h>

#include <map>
#include <string>
#include <utility>
#include <variant>

#include "formats/avro/block_codec.h"
#include "formats/avro/container.h"
#include "formats/avro/message.h"
#include "formats/avro/row_program.h"
#include "formats/schema_programs.h"

namespace penstock {
namespace avro {
namespace {

using Programs = SchemaPrograms<RowProgram>;

/// The datum of a record without fields, or of nulls only, has no byte; a frame always has.
EmptyMessage empty_of(AvroFraming framing) {
  return framing == AvroFraming::plain ? EmptyMessage::is_a_message : EmptyMessage::is_broken;
}

class AvroDecoder final : public RecordDecoder {
 public:
  /// `sample`: a block of the mapping's layout.
  AvroDecoder(Mapping mapping, RecordLimits limits, AvroOptions options, Block sample)
      : RecordDecoder(std::move(mapping), limits, empty_of(options.framing)),
        framing_(options.framing),
        sample_(std::move(sample)),
        frames_(SchemaType::avro, limits.max_message_bytes),
        programs_(std::move(options.schemas), SchemaType::avro,
                  [this](const RegisteredSchema& schema, const FramedMessage& /*frame*/) {
                    return RowProgram::make(schema, this->mapping(), sample_);
                  }),
        codec_(limits.max_message_bytes) {
    for (Message* message : {&message_, &file_}) {
      message->max_depth = limits.max_depth;
      message->max_text_bytes = limits.max_string_bytes;
      message->max_json_bytes = limits.max_message_bytes;
    }
  }

 private:
  void start_batch(Block& /*into*/) override { ++batch_; }
  std::optional<RecordRefusal> decode_record(const RecordView& record, Block& into) override;
  std::optional<RecordRefusal> decode_datum(const RecordView& record, Block& into);
  std::optional<RecordRefusal> decode_file(const RecordView& record, Block& into);
  std::optional<RecordRefusal> decode_block(const RecordView& record, Block& into,
                                            const ContainerBlock& block, std::string_view codec,
                                            RowProgram& program);
  const RowProgram::Made& program_of_file(std::string_view schema);
  RecordRefusal refuse(const Message& message, const RowProgram* program,
                       std::string_view what) const;

  const AvroFraming framing_;
  Block sample_;
  FrameReader frames_;
  FramedMessage framed_;
  Programs programs_;
  std::map<std::string, RowProgram::Made, std::less<>> file_programs_;
  BlockCodec codec_;
  Message message_;
  Message file_;
  std::uint64_t batch_ = 0;
  std::size_t unpacked_ = 0;  // bytes of this file's blocks
};

std::optional<RecordRefusal> AvroDecoder::decode_record(const RecordView& record, Block& into) {
  if (framing_ == AvroFraming::plain) {
    if (record.value.starts_with(kContainerMagic)) return decode_file(record, into);
    framed_.payload = record.value;
  } else if (auto refusal = frames_.read(record, framed_)) {
    return refusal;
  }
  return decode_datum(record, into);
}

std::optional<RecordRefusal> AvroDecoder::decode_datum(const RecordView& record, Block& into) {
  RowProgram* const program = programs_.find(framed_);
  if (program == nullptr) {
    return programs_.outage() ? give_up_batch(*programs_.outage()) : programs_.refusal();
  }
  program->aim_at(into, batch_);
  message_.begin(framed_.payload);
  const char* at = program->read(message_, message_.start);
  if (at != nullptr && at != message_.end) at = message_.broken(at, "more bytes follow its value");
  if (at == nullptr) {
    return refuse(message_, program, "the message does not follow " + schema_text(framed_.schema));
  }
  return close_row(record, into);
}

std::optional<RecordRefusal> AvroDecoder::decode_file(const RecordView& record, Block& into) {
  constexpr std::string_view kWhat = "the message is a broken Avro container file";
  file_.begin(record.value);
  unpacked_ = 0;
  ContainerHead head;
  const char* at = head.read(file_, file_.start + kContainerMagic.size());
  if (at == nullptr) return refuse(file_, nullptr, kWhat);
  const RowProgram::Made& made = program_of_file(head.schema);
  if (const auto* const refusal = std::get_if<RecordRefusal>(&made)) return *refusal;
  RowProgram& program = *std::get<0>(made);
  program.aim_at(into, batch_);
  while (at != file_.end) {
    ContainerBlock block;
    at = block.read(file_, at, head.sync);
    if (at == nullptr) return refuse(file_, nullptr, kWhat);
    if (auto refusal = decode_block(record, into, block, head.codec, program)) return refusal;
  }
  return std::nullopt;
}

std::optional<RecordRefusal> AvroDecoder::decode_block(const RecordView& record, Block& into,
                                                       const ContainerBlock& block,
                                                       std::string_view codec,
                                                       RowProgram& program) {
  constexpr std::string_view kWhat = "a block of the Avro container file is broken";
  std::string_view rows;
  const std::string_view problem = codec_.unpack(codec, block.packed, rows);
  if (!problem.empty() && problem != kLongBlock) {
    (void)file_.broken(block.packed.data(), problem);
    return refuse(file_, nullptr, kWhat);
  }
  unpacked_ += rows.size();
  if (!problem.empty() || unpacked_ > limits().max_message_bytes) {
    (void)file_.too_large(block.packed.data(), kLongBlock);
    return refuse(file_, nullptr, kWhat);
  }
  message_.begin(rows);
  const char* at = message_.start;
  if (program.is_empty() && block.rows > Message::kMostEmptyValues) {
    (void)message_.too_large(at, "it has more than 65536 rows without bytes");
    return refuse(message_, nullptr, kWhat);
  }
  for (std::uint64_t left = block.rows; left > 0; --left) {
    at = program.read(message_, at);
    if (at == nullptr) return refuse(message_, &program, kWhat);
    if (auto refusal = close_row(record, into)) return refusal;
  }
  if (at == message_.end) return std::nullopt;
  (void)message_.broken(at, "more bytes follow its rows");
  return refuse(message_, nullptr, kWhat);
}

const RowProgram::Made& AvroDecoder::program_of_file(std::string_view schema) {
  // Producers have few schemas; whoever invents one per message pays for that himself.
  constexpr std::size_t kMostKept = 64;
  const auto found = file_programs_.find(schema);
  if (found != file_programs_.end()) return found->second;
  if (file_programs_.size() == kMostKept) file_programs_.clear();
  const RegisteredSchema text{.type = SchemaType::avro, .text = std::string(schema), .imports = {}};
  auto made = RowProgram::make(text, mapping(), sample_);
  if (auto* const refusal = std::get_if<RecordRefusal>(&made)) {
    refusal->detail = "the container file's schema: " + refusal->detail;
  }
  return file_programs_.emplace(text.text, std::move(made)).first->second;
}

RecordRefusal AvroDecoder::refuse(const Message& message, const RowProgram* program,
                                  std::string_view what) const {
  const Trouble& trouble = message.trouble;
  if (trouble.kind == Trouble::Kind::refused && program != nullptr) {
    return refuse_value(trouble.fit, program->refused_slot(), trouble.found);
  }
  if (trouble.kind == Trouble::Kind::long_text && program != nullptr) {
    return refuse_length(program->refused_slot(), trouble.text_bytes);
  }
  const bool is_broken = trouble.kind == Trouble::Kind::broken;
  return {.code = is_broken ? "decode.broken" : "decode.too_large",
          .detail = fmt::format("{}: {} (at byte {})", what, trouble.found, trouble.byte)};
}

}  // namespace
}  // namespace avro

Result<std::unique_ptr<Decoder>> make_avro_decoder(Mapping mapping, RecordLimits limits,
                                                   AvroOptions options) {
  constexpr std::size_t kMostLevels = 10'000;  // readers call themselves
  if (limits.max_message_bytes == 0 || limits.max_depth == 0 || limits.max_depth > kMostLevels) {
    return Error{.fault = Fault::user,
                 .recovery = Recovery::stop,
                 .code = "pipe.document",
                 .message = fmt::format("cannot read Avro with limits of {} bytes and {} levels: "
                                        "use at least 1 byte and 1 to {} levels",
                                        limits.max_message_bytes, limits.max_depth, kMostLevels)};
  }
  PENSTOCK_TRY(sample, Block::make(mapping.layout));
  return std::unique_ptr<Decoder>(std::make_unique<avro::AvroDecoder>(
      std::move(mapping), limits, std::move(options), std::move(sample)));
}

}  // namespace penstock
