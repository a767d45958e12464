#pragma once

#include <cstddef>
#include <string_view>

#include "formats/protobuf/field_table.h"
#include "formats/protobuf/findings.h"

namespace penstock::protobuf {

/// Messages of one type, one after the other, and what was found in the last one.
class ScannedMessage {
 public:
  explicit ScannedMessage(const MessageType& type) : table_(type), found_(type) {}
  ScannedMessage(const MessageType& type, const std::vector<bool>& wanted)
      : table_(type, wanted), found_(type) {}

  /// See FieldTable::scan().
  Fit scan(std::string_view message, std::size_t max_depth, Trouble& trouble) {
    return table_.scan(message, max_depth, found_, trouble);
  }
  const Findings& found() const noexcept { return found_; }

 private:
  FieldTable table_;
  Findings found_;
};

}  // namespace penstock::protobuf
