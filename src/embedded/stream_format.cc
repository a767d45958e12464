#include "embedded/stream_format.h"

#include <algorithm>
#include <array>
#include <utility>

namespace penstock::embedded {
namespace {

using Row = std::pair<std::string_view, Joining>;

// Found by comparing every format's streamed pieces with its whole result.
constexpr std::array kJoinings = {
    Row{"CSV", Joining::plain},
    Row{"CSVWithNames", Joining::one_csv_line},
    Row{"CSVWithNamesAndTypes", Joining::two_csv_lines},
    Row{"JSONCompactEachRow", Joining::plain},
    Row{"JSONCompactEachRowWithNames", Joining::one_line},
    Row{"JSONCompactEachRowWithNamesAndTypes", Joining::two_lines},
    Row{"JSONCompactStringsEachRow", Joining::plain},
    Row{"JSONCompactStringsEachRowWithNames", Joining::one_line},
    Row{"JSONCompactStringsEachRowWithNamesAndTypes", Joining::two_lines},
    Row{"JSONEachRow", Joining::plain},
    Row{"JSONLines", Joining::plain},
    Row{"JSONStringsEachRow", Joining::plain},
    Row{"MsgPack", Joining::plain},
    Row{"NDJSON", Joining::plain},
    Row{"Native", Joining::plain},
    Row{"RowBinary", Joining::plain},
    Row{"RowBinaryWithNames", Joining::binary_names},
    Row{"RowBinaryWithNamesAndTypes", Joining::binary_names_and_types},
    Row{"TSKV", Joining::plain},
    Row{"TSV", Joining::plain},
    Row{"TSVRaw", Joining::plain},
    Row{"TSVRawWithNames", Joining::one_line},
    Row{"TSVRawWithNamesAndTypes", Joining::two_lines},
    Row{"TSVWithNames", Joining::one_line},
    Row{"TSVWithNamesAndTypes", Joining::two_lines},
    Row{"TabSeparated", Joining::plain},
    Row{"TabSeparatedRaw", Joining::plain},
    Row{"TabSeparatedRawWithNames", Joining::one_line},
    Row{"TabSeparatedRawWithNamesAndTypes", Joining::two_lines},
    Row{"TabSeparatedWithNames", Joining::one_line},
    Row{"TabSeparatedWithNamesAndTypes", Joining::two_lines},
};
static_assert(std::ranges::is_sorted(kJoinings, {}, &Row::first));

std::size_t lines_size(std::string_view piece, int lines, bool quotes) {
  bool inside = false;
  for (std::size_t at = 0; at < piece.size(); ++at) {
    if (quotes && piece[at] == '"') inside = !inside;
    if (piece[at] == '\n' && !inside && --lines == 0) return at + 1;
  }
  return piece.size();
}

/// Reads a LEB128 number and moves `at` behind it.
std::size_t read_number(std::string_view piece, std::size_t& at) {
  std::size_t number = 0;
  for (unsigned shift = 0; at < piece.size() && shift < 63; shift += 7) {
    const auto byte = static_cast<unsigned char>(piece[at++]);
    number |= static_cast<std::size_t>(byte & 0x7FU) << shift;
    if ((byte & 0x80U) == 0) break;
  }
  return number;
}

std::size_t binary_size(std::string_view piece, std::size_t texts_per_column) {
  std::size_t at = 0;
  const std::size_t texts = read_number(piece, at) * texts_per_column;
  for (std::size_t text = 0; text < texts && at < piece.size(); ++text) {
    at += read_number(piece, at);
  }
  return std::min(at, piece.size());
}

}  // namespace

Joining joining_of(std::string_view format) {
  const auto* row = std::ranges::lower_bound(kJoinings, format, {}, &Row::first);
  return row != kJoinings.end() && row->first == format ? row->second : Joining::impossible;
}

std::size_t header_size(Joining joining, std::string_view piece) {
  switch (joining) {
    case Joining::impossible:
    case Joining::plain: break;
    case Joining::one_line: return lines_size(piece, 1, false);
    case Joining::two_lines: return lines_size(piece, 2, false);
    case Joining::one_csv_line: return lines_size(piece, 1, true);
    case Joining::two_csv_lines: return lines_size(piece, 2, true);
    case Joining::binary_names: return binary_size(piece, 1);
    case Joining::binary_names_and_types: return binary_size(piece, 2);
  }
  return 0;
}

}  // namespace penstock::embedded
