#include "formats/record_decoder.h"

#include <fmt/format.h>

#include <memory>
#include <optional>
#include <utility>

#include "base/check.h"
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
    case VirtualColumn::is_deleted: return "whether the record is a tombstone";
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

RecordDecoder::RecordDecoder(Mapping mapping, RecordLimits limits, EmptyMessage empty)
    : mapping_(std::move(mapping)), limits_(limits), empty_(empty) {}

Status RecordDecoder::decode(const RecordBatch& batch, Block& into, std::vector<Reject>& rejects) {
  const std::size_t rows_before = into.rows();
  const std::size_t rejects_before = rejects.size();
  start_batch(into);
  for (std::size_t index = 0; index < batch.size(); ++index) {
    const bool is_tombstone = batch.values[index].data() == nullptr;
    if (is_tombstone && mapping_.tombstones == Tombstones::leave_nothing) continue;
    const std::size_t rows = into.rows();
    auto refusal = is_tombstone ? write_tombstone({batch, index, as_text(batch.keys[index])}, into)
                                : write_rows({batch, index, as_text(batch.values[index])}, into);
    if (!refusal) continue;
    if (outage_) {
      into.truncate(rows_before);
      rejects.resize(rejects_before);
      return *std::exchange(outage_, std::nullopt);
    }
    into.truncate(rows);
    Reject reject{.record = static_cast<std::uint32_t>(index),
                  .code = refusal->code,
                  .field = {},
                  .detail = std::move(refusal->detail)};
    if (refusal->slot) reject.field = mapping_.layout->columns[*refusal->slot].name;
    rejects.push_back(std::move(reject));
  }
  return done();
}

std::optional<RecordRefusal> RecordDecoder::write_rows(const RecordView& record, Block& into) {
  if (record.value.empty() && empty_ == EmptyMessage::is_broken) {
    return RecordRefusal{.code = "decode.broken", .detail = "the message is empty"};
  }
  if (record.value.size() > limits_.max_message_bytes) {
    return RecordRefusal{.code = "decode.too_large",
                         .detail = fmt::format("the message has {} bytes, max_message_bytes is {}",
                                               record.value.size(), limits_.max_message_bytes)};
  }
  return decode_record(record, into);
}

// A row with a zero where the table is sorted by would delete another key.
std::optional<RecordRefusal> RecordDecoder::write_tombstone(const RecordView& record, Block& into) {
  if (record.batch.keys[record.index].data() == nullptr) {
    return RecordRefusal{.code = "decode.broken", .detail = "a tombstone without a key"};
  }
  if (auto refusal = read_key(record, into)) return refusal;
  const auto is_missing = [&](std::size_t slot) {
    return key_row_->rows() == 0 || key_row_->slots()[slot].missing_rows > 0;
  };
  for (const std::size_t slot : mapping_.sorting_slots) {
    if (!is_missing(slot)) continue;
    return RecordRefusal{.code = "decode.broken",
                         .slot = slot,
                         .detail = fmt::format("the key of a tombstone, {}, has no value for it",
                                               quote_value(record.value))};
  }
  for (const PayloadTarget& target : mapping_.payload) {
    if (is_missing(target.slot)) {
      into.put_missing(target.slot);
    } else {
      into.slots()[target.slot].column->append(*key_row_->slots()[target.slot].column, 0, 1);
    }
  }
  return close_row(record, into);
}

/// Leaves one row in key_row_, or none when the key is no message of this format.
std::optional<RecordRefusal> RecordDecoder::read_key(const RecordView& record, Block& into) {
  if (!key_row_) {
    BlockLayout layout = *mapping_.layout;
    // Of such columns a block remembers which rows brought no value.
    for (TableColumn& column : layout.columns) column.default_kind = DefaultKind::expression;
    auto made = Block::make(std::make_shared<const BlockLayout>(std::move(layout)));
    PENSTOCK_CHECK(made.ok(), "the types of a mapping make blocks");
    key_row_ = std::move(made).value();
  }
  key_row_->clear();
  if (mapping_.tombstones == Tombstones::leave_key) return std::nullopt;
  start_batch(*key_row_);
  auto refusal = write_rows(record, *key_row_);
  start_batch(into);
  const bool is_message = !refusal && key_row_->rows() == 1;
  if (is_message) return std::nullopt;
  key_row_->truncate(0);
  const bool is_other_text = !refusal || refusal->code == "decode.broken";
  return is_other_text ? std::nullopt : refusal;
}

std::optional<RecordRefusal> RecordDecoder::close_row(const RecordView& record, Block& into) const {
  const RecordBatch& batch = record.batch;
  const Refusal refusal = put_virtual_columns(mapping_.virtuals, batch, record.index, into);
  if (refusal.fit == Fit::ok) {
    into.end_row({batch.span.log, batch.offsets[record.index]});
    return std::nullopt;
  }
  std::string_view found;
  for (const VirtualTarget& target : mapping_.virtuals) {
    if (target.slot == refusal.slot) found = name_of(target.column);
  }
  return RecordRefusal{
      .code = refusal_code(refusal.fit),
      .slot = refusal.slot,
      .detail = refusal_text(refusal.fit, mapping_.layout->columns[refusal.slot], found)};
}

RecordRefusal RecordDecoder::give_up_batch(Error reason) {
  outage_ = std::move(reason);
  return {.code = outage_->code};
}

RecordRefusal RecordDecoder::refuse_length(std::size_t slot, std::size_t bytes) const {
  const TableColumn& column = mapping_.layout->columns[slot];
  return {
      .code = "decode.too_large",
      .slot = slot,
      .detail = fmt::format("column \"{}\" {}: cannot take a text of {} bytes, the limit is {}",
                            column.name, to_string(column.type), bytes, limits_.max_string_bytes)};
}

RecordRefusal RecordDecoder::refuse_value(Fit fit, std::size_t slot, std::string_view found) const {
  return {.code = refusal_code(fit),
          .slot = slot,
          .detail = refusal_text(fit, mapping_.layout->columns[slot], quote_value(found))};
}

}  // namespace penstock
