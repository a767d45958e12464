#include "model/record.h"

namespace penstock {

std::span<const Header> RecordBatch::headers_of(std::size_t record) const {
  return storage ? storage->headers_of(record) : std::span<const Header>();
}

}  // namespace penstock
