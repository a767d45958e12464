#include "allocations.h"

#include <cstddef>

namespace {
thread_local std::uint64_t counted = 0;
}  // namespace

// glibc lets a program replace these and keeps its own under the names below.
extern "C" {
void* __libc_malloc(std::size_t size);
void* __libc_calloc(std::size_t count, std::size_t size);
void* __libc_realloc(void* old, std::size_t size);

void* malloc(std::size_t size) {
  ++counted;
  return __libc_malloc(size);
}
void* calloc(std::size_t count, std::size_t size) {
  ++counted;
  return __libc_calloc(count, size);
}
void* realloc(void* old, std::size_t size) {
  ++counted;
  return __libc_realloc(old, size);
}
}

namespace penstock::bench {

std::uint64_t allocations() noexcept { return counted; }

UncountedAllocations::UncountedAllocations() noexcept : before_(counted) {}
UncountedAllocations::~UncountedAllocations() { counted = before_; }

}  // namespace penstock::bench
