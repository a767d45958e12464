#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "base/result.h"
#include "contract/decoder.h"
#include "model/mapping.h"
#include "model/table.h"

namespace penstock {

/// The destination table as it was last seen, and what follows from it for the lanes of a pipe.
/// Each new version is for the records that are decoded from then on.
///
/// Threads: any; look() from one.
class TableWatch {
 public:
  struct Doors {
    std::function<Result<Table>()> read_table;
    std::function<Result<Mapping>(const Table&)> map;
    std::function<Result<std::unique_ptr<Decoder>>(Mapping)> make_decoder;
    std::function<void()> abandon;  // makes a read_table() under way return soon
  };
  struct Version {
    std::uint64_t number = 0;
    Mapping mapping;
  };

  TableWatch(Table table, Mapping mapping, Doors doors);

  /// Reads the table again. Returns what changed of the columns the pipe writes, one short text
  /// each; then there is a new version. Nothing when the server did not say: the next look will.
  /// Errors: those of `map` when the pipe cannot write this table.
  Result<std::vector<std::string>> look();
  void abandon() const { doors_.abandon(); }

  /// Cheap: for looking often whether there is a new one.
  std::uint64_t number() const noexcept { return number_.load(std::memory_order_acquire); }
  Version version() const;
  Result<std::unique_ptr<Decoder>> make_decoder(Mapping mapping) const {
    return doors_.make_decoder(std::move(mapping));
  }

 private:
  const Doors doors_;
  Table table_;  // as look() last saw it
  std::atomic<std::uint64_t> number_{0};
  mutable std::mutex mutex_;  // guards mapping_
  Mapping mapping_;
};

}  // namespace penstock
