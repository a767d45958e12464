#include "model/column_writer.h"

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

ColumnWriter& ColumnWriter::child(std::size_t /*index*/) {
  broken_promise("a scalar column has no children", __FILE__, __LINE__);
}

int ColumnWriter::child_index(std::string_view /*name*/) const noexcept { return -1; }

}  // namespace penstock
