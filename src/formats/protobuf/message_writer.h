#pragma once

#include <string_view>
#include <vector>

#include "formats/protobuf/fields_writer.h"
#include "formats/protobuf/scanned_message.h"

namespace penstock::protobuf {

/// Reads messages of one type and puts their fields into the columns that want them.
///
/// Threads: one lane.
class MessageWriter {
 public:
  MessageWriter(const MessageType& type, const std::vector<Wish>& wishes, Reading& reading);

  /// One value into every column, or see Reading::trouble.
  Fit write(std::string_view message);
  void write_missing() { fields_.write_missing(); }
  void aim(ColumnWriter* parent) { fields_.aim(parent); }
  bool knows_any() const noexcept { return fields_.knows_any(); }
  /// What was found in the last message.
  const Findings& found() const noexcept { return message_.found(); }

 private:
  std::vector<bool> add_all(const MessageType& type, const std::vector<Wish>& wishes);

  Reading& reading_;
  FieldsWriter fields_;
  ScannedMessage message_;
};

}  // namespace penstock::protobuf
