#include "engine/dead_letters.h"

#include <algorithm>
#include <utility>

#include "base/check.h"

namespace penstock {
namespace {

// ClickPipes' names for the two kinds of record error, and ours for the third.
std::string_view error_type(std::string_view code) {
  if (code.starts_with("registry.")) return "SOURCE_SCHEMA_ERROR";
  return code.starts_with("clickhouse.") ? "INSERT_ERROR" : "DATA_PARSING_ERROR";
}

// DateTime64(3) takes whole numbers as its own ticks only through a decimal text.
std::string seconds_text(std::int64_t ms) {
  const std::string digits = std::to_string(ms % 1000);
  return std::to_string(ms / 1000) + "." +
         std::string(3 - std::min<std::size_t>(3, digits.size()), '0') + digits;
}

std::int64_t now_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

}  // namespace

DeadLetters::DeadLetters(std::shared_ptr<const BlockLayout> layout, std::string pipe_id,
                         std::string pipe_name, std::string delivery_prefix, ByteBudget& budget)
    : layout_(layout),
      pipe_id_(std::move(pipe_id)),
      pipe_name_(std::move(pipe_name)),
      open_(std::move(layout), std::move(delivery_prefix), budget) {}

void DeadLetters::add(const RecordBatch& batch, const std::vector<Reject>& rejects) {
  for (const Reject& reject : rejects) add_row(batch, reject);
  open_.cover(batch);
}

void DeadLetters::add_row(const RecordBatch& batch, const Reject& reject) {
  const std::size_t record = reject.record;
  column("_timestamp").put_number(seconds_text(now_ms()));
  column("pipe_id").put_text(pipe_id_);
  column("pipe_name").put_text(pipe_name_);
  column("error_type").put_text(error_type(reject.code));
  column("error").put_text(reject.detail);
  column("error_field").put_text(reject.field);
  column("raw_message").put_text(as_text(batch.values[record]));
  column("_key").put_text(as_text(batch.keys[record]));
  column("_topic").put_text(batch.topic);
  column("_partition").put_int(batch.partition);
  column("_offset").put_int(batch.offsets[record]);
  column("_sequence_number").put_default();
  column("_message_timestamp").put_number(seconds_text(batch.timestamps_ms[record]));
  ColumnWriter& names = column("_header_keys");
  ColumnWriter& values = column("_header_values");
  for (const Header& header : batch.headers_of(record)) {
    names.child(0).put_text(header.name);
    values.child(0).put_text(as_text(header.value));
  }
  names.end();
  values.end();
  column("schema_id").put_default();
  column("replayed_at").put_default();
  open_.block().end_row({batch.span.log, batch.offsets[record]});
}

ColumnWriter& DeadLetters::column(std::string_view name) {
  const auto found = std::ranges::find(layout_->columns, name, &TableColumn::name);
  PENSTOCK_CHECK(found != layout_->columns.end(), "the error table has its documented columns");
  return open_.block().writer(static_cast<std::size_t>(found - layout_->columns.begin()));
}

}  // namespace penstock
