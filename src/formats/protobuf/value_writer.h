#pragma once

#include <memory>
#include <vector>

#include "formats/protobuf/message_type.h"
#include "formats/protobuf/reading.h"
#include "formats/protobuf/wire.h"
#include "model/column_writer.h"

namespace penstock::protobuf {

class MessageWriter;
class ScannedMessage;

/// Puts one value of a field, a whole message too, into a column: made once per field and
/// column for the column's class, so that nothing about types is asked per value.
///
/// What becomes what: formats/README.md. Threads: one lane.
class ValueWriter {
 public:
  /// Fit::ok, or see Reading::trouble; then the column may hold half a value.
  using Put = Fit (*)(ValueWriter& self, const WireValue& value, ColumnWriter& into);

  /// For values of `field`, of a list or a map's entries one, into columns built like
  /// `sample`, which is empty. `reading` outlives it.
  ValueWriter(const FieldType& field, ColumnWriter& sample, Reading& reading);
  ~ValueWriter();
  ValueWriter(ValueWriter&&) noexcept;
  ValueWriter& operator=(ValueWriter&&) noexcept = delete;

  Fit put(const WireValue& value, ColumnWriter& into) { return put_(*this, value, into); }

  /// The values that follow go into this column.
  void aim(ColumnWriter& into);

  /// Whether the value put last, if it could be read, was a wrapper of its zero.
  bool has_wrapped_zero() const;

  const FieldType& field() const noexcept { return *field_; }
  Reading& reading() const noexcept { return *reading_; }
  /// Of a wrapper's value, of the member of a choice, of a Nullable's value.
  ValueWriter& inner() noexcept { return *inner_; }
  /// Of the message, as the elements of a Tuple, or as the list or map that it wraps.
  MessageWriter& elements() noexcept { return *elements_; }
  /// Of the message, where its fields mean one value.
  ScannedMessage& message() noexcept { return *message_; }
  int member() const noexcept { return member_; }

 private:
  void choose_message(ColumnWriter& sample);
  void choose_tuple(ColumnWriter& sample);
  void choose_wrapped(ColumnWriter& sample);

  Put put_ = nullptr;
  const FieldType* field_;
  Reading* reading_;
  std::unique_ptr<ValueWriter> inner_;
  std::unique_ptr<MessageWriter> elements_;
  std::unique_ptr<ScannedMessage> message_;
  int member_ = -1;  // of a choice
};

}  // namespace penstock::protobuf
