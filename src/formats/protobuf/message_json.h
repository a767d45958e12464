#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "formats/json_text.h"
#include "formats/protobuf/field_table.h"
#include "formats/protobuf/schema.h"

namespace penstock::protobuf {

/// All values found of a singular message as one: Protobuf merges them by joining their bytes.
/// `joined` is written only where there are several.
WireValue merged(std::span<const WireValue> all, std::string& joined);

/// Writes messages as JSON: fields by their names in the schema and in its order, those that
/// are not there left out. What becomes what: formats/README.md.
///
/// Threads: one.
class MessageJson {
 public:
  MessageJson(std::shared_ptr<const Schema> schema, std::size_t max_depth);
  ~MessageJson();

  /// Where JSON goes; the caller clears it.
  JsonText& out() noexcept { return out_; }

  /// Each Fit::ok, or see `trouble`; then part of it was written.
  Fit put_message(const MessageType& type, std::string_view message, Trouble& trouble);
  /// All that was found of a field: a value, a list or a map.
  Fit put_field(const MessageType& type, std::size_t field, const Findings& found,
                Trouble& trouble);

 private:
  struct Known;

  Fit put_object(const MessageType& type, std::string_view message, Trouble& trouble);
  Fit put_well_known(const MessageType& type, std::string_view message, Trouble& trouble);
  Fit put_members(const MessageType& type, const Findings& found, Trouble& trouble);
  Fit put_any(const MessageType& type, const Findings& found, Trouble& trouble);
  Fit put_list(const FieldType& field, std::span<const WireValue> all, Trouble& trouble);
  Fit put_map(const FieldType& field, std::span<const WireValue> all, Trouble& trouble);
  Fit put_single(const FieldType& field, const WireValue& value, Trouble& trouble);
  Known& known(const MessageType& type);

  std::shared_ptr<const Schema> schema_;
  const std::size_t max_depth_;
  std::size_t depth_ = 1;  // of the message around what is written
  JsonText out_;
  std::map<const MessageType*, std::unique_ptr<Known>> known_;
};

}  // namespace penstock::protobuf
