#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "formats/protobuf/message_writer.h"
#include "model/mapping.h"

namespace penstock::protobuf {

/// How messages of one type become rows of one table: made once, then no type is asked again.
///
/// A message whose only field is a list of messages, which no column asks for, becomes a row
/// per element.
///
/// Threads: one lane.
class Program {
 public:
  /// `type` belongs to `schema`; `sample`: an empty block of the mapping's layout.
  Program(std::shared_ptr<const Schema> schema, const MessageType& type, const Mapping& mapping,
          Block& sample, RecordLimits limits);

  /// Rows go into this block from now on. `batch` is another number for every batch, which
  /// spares the work when nothing changed.
  void aim(Block& block, std::uint64_t batch);

  /// Puts one value into every payload slot per row and calls `close_row` after each, which
  /// answers whether to go on. Fit::ok, or see trouble().
  template <class CloseRow>
  Fit write(std::string_view message, CloseRow&& close_row) {
    reading_->trouble.start_message();
    if (list_ == nullptr) {
      const Fit fit = row_->write(message);
      if (fit == Fit::ok) close_row();
      return fit;
    }
    const Fit fit = list_->scan(message, reading_->max_depth, reading_->trouble);
    if (fit != Fit::ok) return fit;
    for (const WireValue& element : list_->found().all(0)) {
      const Fit row_fit = row_->write(element.bytes());
      if (row_fit != Fit::ok || !close_row()) return row_fit;
    }
    return Fit::ok;
  }

  const Trouble& trouble() const noexcept { return reading_->trouble; }

 private:
  std::shared_ptr<const Schema> schema_;
  std::unique_ptr<Reading> reading_;
  std::unique_ptr<ScannedMessage> list_;  // of a message that only wraps a list
  std::unique_ptr<MessageWriter> row_;
  std::uint64_t batch_ = 0;
};

}  // namespace penstock::protobuf
