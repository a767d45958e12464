#include "formats/avro/schema_width.h"

#include <algorithm>
#include <optional>

namespace penstock::avro {
namespace {

// No message is as long: adding such widths up cannot overflow.
constexpr std::size_t kMostBytes = std::size_t{1} << 40;

std::optional<std::size_t> width_of(const Node& node) {
  switch (node.kind) {
    case Kind::null: return 0;
    case Kind::boolean: return 1;
    case Kind::float32: return 4;
    case Kind::float64: return 8;
    case Kind::fixed: return node.size;
    case Kind::record: break;
    default: return std::nullopt;
  }
  std::size_t sum = 0;
  for (const Field& field : node.fields) {
    if (!field.type->width) return std::nullopt;
    sum += *field.type->width;
    if (sum > kMostBytes) return std::nullopt;
  }
  return sum;
}

}  // namespace

// Again and again, because types stand before and behind those that use them; a record that
// holds itself stays without.
void measure_widths(std::deque<Node>& nodes) {
  bool learned = true;
  while (learned) {
    learned = false;
    std::for_each(nodes.rbegin(), nodes.rend(), [&learned](Node& node) {
      if (node.width) return;
      node.width = width_of(node);
      learned = learned || node.width.has_value();
    });
  }
}

}  // namespace penstock::avro
