#include "model/record.h"

namespace penstock {

std::span<const Header> RecordBatch::headers_of(std::size_t record) const {
  if (header_ends.empty()) return {};
  const std::uint32_t begin = record == 0 ? 0 : header_ends[record - 1];
  return std::span(headers).subspan(begin, header_ends[record] - begin);
}

}  // namespace penstock
