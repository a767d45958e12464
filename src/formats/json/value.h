#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "formats/json/client.h"
#include "formats/record_decoder.h"
#include "model/column_writer.h"

namespace penstock::json {

/// Why the last value could not be put.
struct Trouble {
  enum class Kind : std::uint8_t {
    refused,   // the column said no: `fit`, and `found` is the value
    broken,    // not JSON: `found` says what is wrong
    too_deep,  // above the depth limit
    too_long,  // `bytes` of text, above the limit
  };
  Kind kind = Kind::broken;
  Fit fit = Fit::ok;
  std::string_view found;  // borrowed from the message or static
  std::size_t column = 0;  // which of the columns the value was meant for
  std::size_t bytes = 0;
};

/// The member of a choice (Variant) that an array is offered to first: a list, else a record;
/// or an object: a record, else a map. -1 when it has none.
int member_for_json(const ColumnWriter& choice, bool is_array);

/// Puts values of one row into columns, recursively, straight from the
/// parser's cursor: no tree in between. Values must be put in the order they
/// stand in the message; after trouble it is lost.
///
/// | JSON             | column expects scalar | list     | map     | record      |
/// |------------------|-----------------------|----------|---------|-------------|
/// | text, number, …  | put_*                 | refused  | refused | refused     |
/// | array            | put_json              | elements | refused | by position |
/// | object           | put_json              | refused  | entries | by name     |
///
/// null goes to put_null() everywhere. A choice takes a container as the first member that
/// does, from member_for_json() on, else as a scalar does.
class ValueWriter {
 public:
  explicit ValueWriter(const RecordLimits& limits) : limits_(limits) {}

  /// Must be called per row, with its length: unescaped text is kept in one
  /// buffer that only ever grows.
  void start_row(const ondemand::parser& parser, std::size_t row_bytes);

  /// Puts the value into every one of `columns`, usually one.
  /// `depth` counts the containers the value lies in. False: see trouble().
  bool put(ondemand::value value, std::span<ColumnWriter* const> columns, std::size_t depth);
  /// put() of an object or array that was opened; `depth` counts it too.
  template <class Container>
  bool put_each(Container& container, std::span<ColumnWriter* const> columns, std::size_t depth);
  /// Passes over a value nobody wants. Brackets, commas, literals, numbers and
  /// depth are checked; escapes inside its text are not.
  bool skip(ondemand::value value, std::size_t depth);

  /// The text behind a key or a quote, unescaped; lives until the next call.
  bool unescape(ondemand::raw_json_string text, std::string_view& out);

  const Trouble& trouble() const noexcept { return trouble_; }

  // These note the trouble, if any; false ends the message.
  bool accepted(Fit fit, std::string_view found);
  bool broken(simdjson::error_code error);
  bool broken(std::string_view what);
  bool too_deep();

 private:
  template <class Container>
  bool put_container(simdjson::simdjson_result<Container> found,
                     std::span<ColumnWriter* const> columns, std::size_t depth);
  bool put_plain(std::string_view token, ColumnWriter& into);
  bool put_text(ondemand::value& value, std::string_view token, ColumnWriter& into);
  bool put_inside(ondemand::array& array, ColumnWriter& into, std::size_t depth);
  bool put_elements(ondemand::array& array, ColumnWriter& into, std::size_t depth);
  bool put_by_position(ondemand::array& array, ColumnWriter& into, std::size_t depth);
  bool put_inside(ondemand::object& object, ColumnWriter& into, std::size_t depth);
  bool put_entries(ondemand::object& object, ColumnWriter& into, std::size_t depth);
  bool put_by_name(ondemand::object& object, ColumnWriter& into, std::size_t depth);
  template <class Container>
  bool put_into_member(Container& container, ColumnWriter& into, std::size_t depth);
  template <class Container>
  bool put_as_text(Container& container, ColumnWriter& into, std::size_t depth);
  bool skip_inside(ondemand::array& array, std::size_t depth);
  bool skip_inside(ondemand::object& object, std::size_t depth);

  const RecordLimits limits_;
  const ondemand::parser* parser_ = nullptr;
  std::vector<std::uint8_t> unescaped_;
  Trouble trouble_;
};

}  // namespace penstock::json
