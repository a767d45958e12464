#include "formats/json/decoder.h"

#include <fmt/format.h>

#include <utility>

#include "formats/json/fast_row.h"
#include "formats/json/message_text.h"
#include "formats/json/padded_text.h"
#include "formats/json/plain_row.h"
#include "formats/json/plan.h"
#include "formats/json/row_texts.h"

namespace penstock {
namespace json {
namespace {

class JsonDecoder final : public RecordDecoder {
 public:
  /// `sample`: a block of the mapping's layout.
  JsonDecoder(Mapping mapping, RecordLimits limits, JsonPath path, Block& sample)
      : RecordDecoder(std::move(mapping), limits),
        plan_(this->mapping()),
        path_(path),
        texts_(limits.max_message_bytes),
        fast_(plan_, sample, limits),
        plain_(plan_, limits) {}

 private:
  void start_batch(Block& into) override { fast_.aim_at(into); }
  std::optional<RecordRefusal> decode_record(const RecordView& record, Block& into) override;
  bool read_fast(const RecordView& record, std::string_view message, Block& into);
  std::optional<RecordRefusal> read_plainly(const RecordView& record, std::string_view message,
                                            Block& into);
  RecordRefusal refuse_row(std::size_t row) const;

  const Plan plan_;
  const JsonPath path_;
  MessageText texts_;
  FastRow fast_;
  PlainRow plain_;
  PaddedText text_;
};

/// Rows are counted from 1; most messages are one.
std::string place_of(std::size_t row) {
  return row == 1 ? "the message" : fmt::format("row {} of the message", row);
}

RecordRefusal broken(std::size_t row, std::string_view what) {
  return {.code = "decode.broken",
          .detail = fmt::format("{} is not a JSON object: {}", place_of(row), what)};
}

std::optional<RecordRefusal> JsonDecoder::decode_record(const RecordView& record, Block& into) {
  std::string_view message;
  if (auto refusal = texts_.find(record, message)) return refusal;
  if (path_ == JsonPath::fast && read_fast(record, message, into)) return std::nullopt;
  return read_plainly(record, message, into);
}

/// False, and nothing written: the message is for the plain path.
bool JsonDecoder::read_fast(const RecordView& record, std::string_view message, Block& into) {
  const std::size_t rows = into.rows();
  FastRow::Rest rest = fast_.read_first(message);
  while (rest != FastRow::Rest::unknown && !close_row(record, into)) {
    if (rest == FastRow::Rest::none) return true;
    rest = fast_.read_next();
  }
  into.truncate(rows);
  return false;
}

std::optional<RecordRefusal> JsonDecoder::read_plainly(const RecordView& record,
                                                       std::string_view message, Block& into) {
  const simdjson::padded_string_view padded = text_.copy(message);
  // Mostly it is one object, whose end need not be looked for.
  if (plain_.read(padded, into)) return close_row(record, into);
  if (plain_.trouble().kind != Trouble::Kind::broken) return refuse_row(1);
  into.rewind();

  RowTexts rows({padded.data(), padded.size()});
  for (std::size_t number = 1;; ++number) {
    const RowTexts::Next next = rows.next();
    if (next == RowTexts::Next::end) return std::nullopt;
    if (next == RowTexts::Next::broken) return broken(number, rows.problem());
    // What follows the row in the message pads it.
    const std::string_view row = rows.row();
    const std::size_t readable = row.size() + simdjson::SIMDJSON_PADDING;
    if (!plain_.read(simdjson::padded_string_view(row.data(), row.size(), readable), into)) {
      return refuse_row(number);
    }
    if (auto refusal = close_row(record, into)) return refusal;
  }
}

/// What the plain path says of a row.
RecordRefusal JsonDecoder::refuse_row(std::size_t row) const {
  const Trouble& trouble = plain_.trouble();
  if (trouble.kind == Trouble::Kind::broken) return broken(row, trouble.found);
  if (trouble.kind == Trouble::Kind::too_deep) {
    return {
        .code = "decode.too_large",
        .detail = fmt::format("{} nests deeper than {} levels", place_of(row), limits().max_depth)};
  }
  const std::size_t slot = plain_.refusing_slot();
  RecordRefusal refusal = trouble.kind == Trouble::Kind::too_long
                              ? refuse_length(slot, trouble.bytes)
                              : refuse_value(trouble.fit, slot, trouble.found);
  if (row > 1) refusal.detail = place_of(row) + ": " + refusal.detail;
  return refusal;
}

}  // namespace
}  // namespace json

Result<std::unique_ptr<Decoder>> make_json_decoder(Mapping mapping, RecordLimits limits,
                                                   JsonPath path) {
  // 32-bit positions: the parser addresses at most 4 GiB.
  constexpr std::size_t kMostBytes = 0xFFFFFFFF;
  if (limits.max_message_bytes == 0 || limits.max_message_bytes > kMostBytes ||
      limits.max_depth == 0 || limits.max_depth > 10'000) {
    return Error{.fault = Fault::user,
                 .recovery = Recovery::stop,
                 .code = "pipe.document",
                 .message = fmt::format(
                     "cannot read JSON with limits of {} bytes and {} levels: use 1 to {} bytes "
                     "and 1 to 10000 levels",
                     limits.max_message_bytes, limits.max_depth, kMostBytes)};
  }
  PENSTOCK_TRY(sample, Block::make(mapping.layout));
  return std::unique_ptr<Decoder>(
      std::make_unique<json::JsonDecoder>(std::move(mapping), limits, path, sample));
}

}  // namespace penstock
