#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "model/column_writer.h"

namespace penstock {

/// Reads JSON texts that columns of type JSON and Dynamic keep, with the parser ClickHouse
/// uses itself. Keeps its memory between texts. One thread.
class JsonReader {
 public:
  JsonReader();
  JsonReader(JsonReader&&) noexcept;
  JsonReader& operator=(JsonReader&&) noexcept;
  ~JsonReader();

  /// unreadable for what is no JSON, out_of_range for a number that no 64 bits hold.
  Fit check(std::string_view json);

  /// The type in which a Dynamic keeps the array, "Array(Nullable(Int64))", and then its
  /// elements into a column of that type, which `column_for` finds; it may
  /// give one of Array(Dynamic) instead. ClickHouse's own inference, but for what would
  /// lose something: objects are JSON, and elements that have no type in common Dynamic.
  Fit put_array(std::string_view json,
                const std::function<ColumnWriter&(const std::string& type)>& column_for);

 private:
  struct Parser;
  std::unique_ptr<Parser> parser_;
};

/// The type in which a Dynamic keeps a text: Date, DateTime or DateTime64(9) for what
/// begins YYYY-MM-DD and is one, without loss, else String.
std::string_view dynamic_type_of_text(std::string_view text);

}  // namespace penstock
