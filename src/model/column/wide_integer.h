#pragma once

namespace penstock {

/// 128 bits, as the compiler has them; the standard does not name them yet.
__extension__ typedef __int128 Int128;
__extension__ typedef unsigned __int128 UInt128;

}  // namespace penstock
