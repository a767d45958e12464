#include "model/column_writer.h"

#include <iterator>

#include "base/check.h"

namespace penstock {

std::string_view refusal_code(Fit fit) {
  switch (fit) {
    case Fit::wrong_type: return "decode.wrong_type";
    case Fit::out_of_range: return "decode.out_of_range";
    case Fit::unreadable: return "decode.unreadable";
    case Fit::ok: break;
  }
  broken_promise("Fit::ok is no refusal", __FILE__, __LINE__);
}

Fit ColumnWriter::put_spelt(std::int64_t unscaled, int scale) {
  constexpr std::size_t kDigits = 20;
  PENSTOCK_CHECK(scale >= 0 && scale <= kMostScale, "a scale lies within its limits");
  // Digits are written from the end; a whole zero stands before the point if nothing else does.
  char buffer[kMostScale + kDigits + 3];
  char* const end = std::end(buffer);
  char* at = end;
  std::uint64_t rest = unscaled < 0 ? -static_cast<std::uint64_t>(unscaled) : unscaled;
  for (int left = scale; left >= 0 || rest != 0; --left, rest /= 10) {
    if (left == 0 && scale > 0) *--at = '.';
    *--at = static_cast<char>('0' + rest % 10);
  }
  if (unscaled < 0) *--at = '-';
  return put_number({at, end});
}

ColumnWriter& ColumnWriter::child(std::size_t /*index*/) {
  broken_promise("a scalar column has no children", __FILE__, __LINE__);
}

int ColumnWriter::child_index(std::string_view /*name*/) const noexcept { return -1; }

}  // namespace penstock
