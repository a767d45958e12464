#pragma once

#include <deque>

#include "formats/avro/schema.h"

namespace penstock::avro {

/// Sets Node::width of every node whose values all take equally many bytes.
void measure_widths(std::deque<Node>& nodes);

}  // namespace penstock::avro
