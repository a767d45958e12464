#include "engine/dead_letters.h"

#include "base/clock.h"
#include "clickhouse/error_table.h"

namespace penstock {
namespace {

// ClickPipes' names for the two kinds of record error, and ours for the third.
std::string_view error_type(std::string_view code) {
  if (code.starts_with("schema.")) return "SOURCE_SCHEMA_ERROR";
  return code.starts_with("clickhouse.") ? "INSERT_ERROR" : "DATA_PARSING_ERROR";
}

}  // namespace

void DeadLetters::add(const RecordBatch& batch, const std::vector<Reject>& rejects,
                      Block& into) const {
  for (const Reject& reject : rejects) add_row(batch, reject, into);
}

void DeadLetters::add_row(const RecordBatch& batch, const Reject& reject, Block& block) const {
  using clickhouse::ErrorColumn;
  const std::size_t record = reject.record;
  block.writer(ErrorColumn::timestamp).put_time(wall_clock_ms(), TimeUnit::milliseconds);
  block.writer(ErrorColumn::pipe_id).put_text(pipe_id_);
  block.writer(ErrorColumn::pipe_name).put_text(pipe_name_);
  block.writer(ErrorColumn::error_type).put_text(error_type(reject.code));
  block.writer(ErrorColumn::error).put_text(reject.detail);
  block.writer(ErrorColumn::error_field).put_text(reject.field);
  block.writer(ErrorColumn::raw_message).put_text(as_text(batch.values[record]));
  block.writer(ErrorColumn::key).put_text(as_text(batch.keys[record]));
  block.writer(ErrorColumn::topic).put_text(batch.topic);
  block.writer(ErrorColumn::partition).put_int(batch.partition);
  block.writer(ErrorColumn::offset).put_int(batch.offsets[record]);
  block.writer(ErrorColumn::sequence_number).put_default();
  ColumnWriter& message_time = block.writer(ErrorColumn::message_timestamp);
  if (message_time.put_time(batch.timestamps_ms[record], TimeUnit::milliseconds) != Fit::ok) {
    message_time.put_default();  // a producer may claim any time
  }
  ColumnWriter& names = block.writer(ErrorColumn::header_keys);
  ColumnWriter& values = block.writer(ErrorColumn::header_values);
  for (const Header& header : batch.headers_of(record)) {
    names.child(0).put_text(header.name);
    values.child(0).put_text(as_text(header.value));
  }
  names.end();
  values.end();
  block.writer(ErrorColumn::schema_id).put_default();
  block.writer(ErrorColumn::replayed_at).put_default();
  block.end_row({batch.span.log, batch.offsets[record]});
}

}  // namespace penstock
