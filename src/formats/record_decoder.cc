#include "formats/record_decoder.h"

#include <fmt/format.h>

#include <utility>

#include "model/virtual_columns.h"

namespace penstock {
namespace {

std::string_view name_of(VirtualColumn column) {
  switch (column) {
    case VirtualColumn::key: return "the record's key";
    case VirtualColumn::timestamp: return "the record's timestamp";
    case VirtualColumn::partition: return "the record's partition";
    case VirtualColumn::offset: return "the record's offset";
    case VirtualColumn::topic: return "the record's topic";
    case VirtualColumn::header_keys: return "the record's header names";
    case VirtualColumn::header_values: return "the record's header values";
    case VirtualColumn::raw_message: return "the raw message";
  }
  return "the record's metadata";
}

std::string refusal_text(Fit fit, const TableColumn& column, std::string_view found) {
  const std::string place = fmt::format("column \"{}\" {}", column.name, to_string(column.type));
  switch (fit) {
    case Fit::out_of_range: return fmt::format("{}: cannot take {}: out of range", place, found);
    case Fit::unreadable: return fmt::format("{}: cannot read {}", place, found);
    default: return fmt::format("{}: cannot take {}", place, found);
  }
}

}  // namespace

RecordDecoder::RecordDecoder(Mapping mapping, RecordLimits limits)
    : mapping_(std::move(mapping)), limits_(limits) {}

Status RecordDecoder::decode(const RecordBatch& batch, Block& into, std::vector<Reject>& rejects) {
  start_batch(into);
  for (std::size_t record = 0; record < batch.size(); ++record) {
    const bool is_tombstone = batch.values[record].data() == nullptr;
    if (is_tombstone) continue;
    auto refusal = fill_row(batch, record, into);
    if (!refusal) {
      into.end_row({batch.span.log, batch.offsets[record]});
      continue;
    }
    into.rewind();
    Reject reject{.record = static_cast<std::uint32_t>(record),
                  .code = refusal->code,
                  .field = {},
                  .detail = std::move(refusal->detail)};
    if (refusal->slot) reject.field = mapping_.layout->columns[*refusal->slot].name;
    rejects.push_back(std::move(reject));
  }
  return done();
}

std::optional<RecordRefusal> RecordDecoder::fill_row(const RecordBatch& batch, std::size_t record,
                                                     Block& into) {
  const std::string_view value = as_text(batch.values[record]);
  if (value.empty()) {
    return RecordRefusal{.code = "decode.broken", .detail = "the message is empty"};
  }
  if (value.size() > limits_.max_message_bytes) {
    return RecordRefusal{.code = "decode.too_large",
                         .detail = fmt::format("the message has {} bytes, the limit is {}",
                                               value.size(), limits_.max_message_bytes)};
  }
  if (auto refusal = decode_record(value, into)) return refusal;

  const Refusal refusal = put_virtual_columns(mapping_.virtuals, batch, record, into);
  if (refusal.fit == Fit::ok) return std::nullopt;
  std::string_view found;
  for (const VirtualTarget& target : mapping_.virtuals) {
    if (target.slot == refusal.slot) found = name_of(target.column);
  }
  return RecordRefusal{
      .code = refusal_code(refusal.fit),
      .slot = refusal.slot,
      .detail = refusal_text(refusal.fit, mapping_.layout->columns[refusal.slot], found)};
}

RecordRefusal RecordDecoder::refuse_value(Fit fit, std::size_t slot, std::string_view found) const {
  return {.code = refusal_code(fit),
          .slot = slot,
          .detail = refusal_text(fit, mapping_.layout->columns[slot], quote_value(found))};
}

}  // namespace penstock
