#include "app/memory.h"

#include <malloc.h>

namespace penstock {

void keep_little_memory() {
#ifdef __GLIBC__
  // Left alone, glibc raises the first to 32 MiB as large pieces are freed, and keeps them.
  // Below lie the responses of brokers, 2 MiB at most, which come too often to ask the
  // kernel each time.
  mallopt(M_MMAP_THRESHOLD, 9 << 18);
  mallopt(M_TRIM_THRESHOLD, 8 << 20);
#endif
}

}  // namespace penstock
