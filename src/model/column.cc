#include "model/column.h"

namespace penstock {

void Column::write_prefix(NativeOutput& /*out*/) const {}

}  // namespace penstock
