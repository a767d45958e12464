#include "model/virtual_columns.h"

namespace penstock {
namespace {

Fit put_bytes(Bytes bytes, ColumnWriter& writer) {
  return bytes.data() == nullptr ? writer.put_null() : writer.put_text(as_text(bytes));
}

/// Kafka says -1 where a record has no timestamp.
Fit put_timestamp(std::int64_t milliseconds, ColumnWriter& writer) {
  if (milliseconds < 0) return writer.put_null();
  return writer.put_time(milliseconds, TimeUnit::milliseconds);
}

template <class Put>
Fit put_headers(std::span<const Header> headers, ColumnWriter& writer, Put put) {
  if (writer.shape() != Shape::list) return Fit::wrong_type;
  ColumnWriter& elements = writer.child(0);
  for (const Header& header : headers) {
    if (const Fit fit = put(header, elements); fit != Fit::ok) return fit;
  }
  return writer.end();
}

Fit put_header_name(const Header& header, ColumnWriter& writer) {
  return writer.put_text(header.name);
}

Fit put_header_value(const Header& header, ColumnWriter& writer) {
  return put_bytes(header.value, writer);
}

Fit put_one(VirtualColumn column, const RecordBatch& batch, std::size_t record,
            ColumnWriter& writer) {
  switch (column) {
    case VirtualColumn::key: return put_bytes(batch.keys[record], writer);
    case VirtualColumn::timestamp: return put_timestamp(batch.timestamps_ms[record], writer);
    case VirtualColumn::partition: return writer.put_int(batch.partition);
    case VirtualColumn::offset: return writer.put_int(batch.offsets[record]);
    case VirtualColumn::topic: return writer.put_text(batch.topic);
    case VirtualColumn::raw_message: return put_bytes(batch.values[record], writer);
    case VirtualColumn::is_deleted: return writer.put_bool(batch.values[record].data() == nullptr);
    case VirtualColumn::header_keys:
      return put_headers(batch.headers_of(record), writer, put_header_name);
    case VirtualColumn::header_values:
      return put_headers(batch.headers_of(record), writer, put_header_value);
  }
  return Fit::wrong_type;
}

}  // namespace

Refusal put_virtual_columns(const std::vector<VirtualTarget>& targets, const RecordBatch& batch,
                            std::size_t record, Block& into) {
  for (const VirtualTarget& target : targets) {
    const Fit fit = put_one(target.column, batch, record, into.writer(target.slot));
    if (fit != Fit::ok) return {.fit = fit, .slot = target.slot};
  }
  return {};
}

}  // namespace penstock
