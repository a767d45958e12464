#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace penstock::embedded {

/// How the pieces of a result stream can be joined to one document.
enum class Joining : std::uint8_t {
  impossible,    // has a footer, counts or separators: needs the whole result
  plain,         // pieces just follow each other
  one_line,      // every piece repeats a line with the names
  two_lines,     // and one with the types
  one_csv_line,  // the same, where a quoted name may hold a line end
  two_csv_lines,
  binary_names,  // a count and the names, each after its length
  binary_names_and_types,
};

Joining joining_of(std::string_view format);

/// How many bytes at the front of a later piece have to go.
std::size_t header_size(Joining joining, std::string_view piece);

}  // namespace penstock::embedded
