#pragma once

namespace penstock {

/// Makes the C library give large pieces of memory back to the system when they are
/// freed, so that what the process occupies is what its budgets count. Call before any
/// thread starts.
void keep_little_memory();

}  // namespace penstock
