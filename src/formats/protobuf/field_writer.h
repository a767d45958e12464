#pragma once

#include "formats/protobuf/findings.h"
#include "formats/protobuf/place.h"
#include "formats/protobuf/reading.h"

namespace penstock::protobuf {

/// Puts what was found of a message into one column, or several.
///
/// Threads: one lane.
class FieldWriter {
 public:
  virtual ~FieldWriter() = default;

  /// One value per column, or see Reading::trouble.
  virtual Fit write(const Findings& found) = 0;
  /// For a message that is not there: DEFAULT expression, else null, else zero.
  virtual void write_missing() { put_missing(); }
  /// Values go into Reading::block from now on; without a slot into `parent`.
  virtual void aim(ColumnWriter* parent) { column_ = &place_.find(*reading_.block, parent); }

  const Place& place() const noexcept { return place_; }

 protected:
  FieldWriter(Place place, Reading& reading) : place_(place), reading_(reading) {}

  Reading& reading() const noexcept { return reading_; }
  ColumnWriter& column() const noexcept { return *column_; }
  void put_missing() {
    if (place_.is_whole_slot()) {
      reading_.block->put_missing(*place_.slot);
    } else {
      column_->put_default();
    }
  }

 private:
  const Place place_;
  Reading& reading_;
  ColumnWriter* column_ = nullptr;
};

}  // namespace penstock::protobuf
