#include "formats/json/decoder.h"

#include <fmt/format.h>

#include <utility>

#include "formats/json/client.h"
#include "formats/json/explain.h"
#include "formats/json/fast_row.h"
#include "formats/json/padded_text.h"
#include "formats/json/plan.h"
#include "formats/json/value.h"

namespace penstock {
namespace json {
namespace {

constexpr std::size_t kNoSlot = 0;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

RecordRefusal broken(std::string_view what) {
  return {.code = "decode.broken",
          .detail = fmt::format("the message is not one JSON object: {}", what)};
}

class JsonDecoder final : public RecordDecoder {
 public:
  /// `sample`: a block of the mapping's layout.
  JsonDecoder(Mapping mapping, RecordLimits limits, JsonPath path, Block& sample)
      : RecordDecoder(std::move(mapping), limits),
        plan_(this->mapping()),
        path_(path),
        fast_(plan_, sample, limits.max_depth),
        parser_(limits.max_message_bytes),
        values_(limits.max_depth),
        filled_in_(plan_.targets().size(), 0) {}

 private:
  void start_batch(Block& into) override { fast_.aim_at(into); }
  std::optional<RecordRefusal> decode_record(const RecordView& record, Block& into) override;
  std::optional<RecordRefusal> decode_plainly(std::string_view message, Block& into);
  std::optional<RecordRefusal> read_object(ondemand::object& object, Block& into);
  std::optional<RecordRefusal> put_field(ondemand::value value, const FieldTargets& field,
                                         Block& into);
  /// `slot` counts only when a column refused the value.
  RecordRefusal refuse(std::size_t slot) const;

  const Plan plan_;
  const JsonPath path_;
  FastRow fast_;
  ondemand::parser parser_;
  PaddedText text_;
  ValueWriter values_;
  std::vector<ColumnWriter*> columns_;  // of the field at hand, and their slots
  std::vector<std::size_t> slots_;
  std::uint64_t record_ = 0;
  std::vector<std::uint64_t> filled_in_;  // per target: the last record that brought it
};

std::optional<RecordRefusal> JsonDecoder::decode_record(const RecordView& record, Block& into) {
  std::string_view message = record.value;
  if (message.starts_with(kByteOrderMark)) message.remove_prefix(kByteOrderMark.size());
  if (path_ == JsonPath::fast) {
    if (fast_.read(message)) return close_row(record, into);
    into.rewind();
  }
  if (auto refusal = decode_plainly(message, into)) return refusal;
  return close_row(record, into);
}

std::optional<RecordRefusal> JsonDecoder::decode_plainly(std::string_view message, Block& into) {
  const auto padded = text_.copy(message);
  ++record_;
  values_.start_message(parser_, message.size());

  ondemand::document document;
  if (const auto error = parser_.iterate(padded).get(document)) return broken(explain(error));
  ondemand::object object;
  if (const auto error = document.get_object().get(object)) {
    return broken(error == simdjson::INCORRECT_TYPE ? "it begins with something else"
                                                    : explain(error));
  }
  if (auto refusal = read_object(object, into)) return refusal;
  const bool at_end = document.current_location().error() == simdjson::OUT_OF_BOUNDS;
  if (!at_end) return broken("more text follows it");

  for (std::size_t target = 0; target < filled_in_.size(); ++target) {
    if (filled_in_[target] != record_) into.put_missing(plan_.targets()[target].slot);
  }
  return std::nullopt;
}

std::optional<RecordRefusal> JsonDecoder::read_object(ondemand::object& object, Block& into) {
  for (auto entry : object) {
    ondemand::field field;
    if (const auto error = std::move(entry).get(field)) return broken(explain(error));
    std::string_view key;
    if (!values_.unescape(field.key(), key)) return refuse(kNoSlot);
    const std::optional<std::size_t> index = plan_.find(key);
    if (!index) {
      if (!values_.skip(field.value(), 1)) return refuse(kNoSlot);
    } else if (auto refusal = put_field(field.value(), plan_.field(*index), into)) {
      return refusal;
    }
  }
  return std::nullopt;
}

std::optional<RecordRefusal> JsonDecoder::put_field(ondemand::value value,
                                                    const FieldTargets& field, Block& into) {
  const bool is_null = value.raw_json_token().starts_with("null");
  columns_.clear();
  slots_.clear();
  for (const std::size_t index : field) {
    const Target& target = plan_.targets()[index];
    ColumnWriter& column = into.writer(target.slot);
    const bool given_twice = filled_in_[index] == record_;
    if (given_twice) column.truncate(into.rows());  // the last one counts
    const bool is_missing = is_null && target.null_is_missing;
    filled_in_[index] = is_missing ? 0 : record_;
    if (is_missing) continue;
    columns_.push_back(&column);
    slots_.push_back(target.slot);
  }
  const bool taken = columns_.empty() ? values_.skip(value, 1) : values_.put(value, columns_, 1);
  if (taken) return std::nullopt;
  return refuse(columns_.empty() ? kNoSlot : slots_[values_.trouble().column]);
}

RecordRefusal JsonDecoder::refuse(std::size_t slot) const {
  const Trouble& trouble = values_.trouble();
  switch (trouble.kind) {
    case Trouble::Kind::refused: return refuse_value(trouble.fit, slot, trouble.found);
    case Trouble::Kind::broken: return broken(trouble.found);
    case Trouble::Kind::too_deep: break;
  }
  return {.code = "decode.too_large",
          .detail = fmt::format("the message nests deeper than {} levels", limits().max_depth)};
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
