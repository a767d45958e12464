#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "formats/protobuf/field_writer.h"
#include "formats/protobuf/value_writer.h"

namespace penstock::protobuf {

/// A column that asks for a field of a message.
struct Wish {
  std::string path;  // the field's name, its JSON name, a oneof's name, or a.b through messages
  Place place;
  ColumnWriter* sample = nullptr;  // an empty column like the one at that place
};

/// The columns that one message fills, and how.
class FieldsWriter {
 public:
  explicit FieldsWriter(Reading& reading) : reading_(reading) {}

  /// Adds the columns of one message and marks the fields they need in `wanted`, one per field
  /// of `type`. Called once.
  void add(const MessageType& type, const std::vector<Wish>& wishes, std::vector<bool>& wanted);

  /// As FieldWriter has them.
  Fit write(const Findings& found);
  void write_missing();
  void aim(ColumnWriter* parent);

  /// Whether any column found its field.
  bool knows_any() const noexcept { return knows_any_; }

 private:
  /// A single scalar: kept flat, for most fields are.
  struct Scalar {
    ValueWriter value;
    Place place;
    ColumnWriter* column = nullptr;
    std::uint32_t field = 0;
    bool has_absent = false;
    WireValue absent;  // what stands for a value that is not there
  };

  /// False when only a path can mean it.
  bool add_named(const MessageType& type, const Wish& wish, std::vector<bool>& wanted);
  void add_scalar(const FieldType& field, std::size_t index, const Wish& wish);
  void put_missing(const Scalar& scalar);
  void note_slot(const Place& place);

  Reading& reading_;
  std::vector<Scalar> scalars_;
  std::vector<std::unique_ptr<FieldWriter>> others_;
  bool knows_any_ = false;
};

}  // namespace penstock::protobuf
