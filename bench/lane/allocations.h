#pragma once

#include <cstdint>

namespace penstock::bench {

/// Calls of malloc and its kin on this thread since it started, also those behind new.
/// Linking allocations.cc is what makes them count.
std::uint64_t allocations() noexcept;

/// Those made while it lives are not counted.
class UncountedAllocations {
 public:
  UncountedAllocations() noexcept;
  ~UncountedAllocations();
  UncountedAllocations(const UncountedAllocations&) = delete;
  UncountedAllocations& operator=(const UncountedAllocations&) = delete;

 private:
  const std::uint64_t before_;
};

}  // namespace penstock::bench
