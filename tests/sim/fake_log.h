#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "model/record.h"
#include "weather.h"

namespace penstock::sim {

enum class Kind : std::uint8_t {
  good,       // one row
  two_rows,   // of one message
  broken,     // an error row, by the decoder
  refused,    // an error row, for the table refuses it
  tombstone,  // no row
};

struct FakeRecord {
  std::int64_t offset = 0;
  Kind kind = Kind::good;
  std::string text;

  std::size_t rows() const { return kind == Kind::two_rows ? 2 : kind == Kind::good ? 1 : 0; }
  std::size_t error_rows() const { return kind == Kind::broken || kind == Kind::refused ? 1 : 0; }
};

/// One partition: records with gaps between them, of which more and more are there, and fewer and
/// fewer left.
struct FakeLog {
  FakeLog(Random& random, const Weather& weather, int partition);

  /// The records of [from, below) that are there, as far as `most` of them.
  RecordBatch read(std::int64_t from, std::size_t most) const;
  /// One record by its offset; without key and value when it is gone.
  RecordBatch read_one(std::int64_t offset) const;
  /// Null where the log has a gap.
  const FakeRecord* at(std::int64_t offset) const;

  int partition = 0;
  std::vector<FakeRecord> records;  // by offset
  std::int64_t begin = 0;           // retention took what is before
  std::int64_t end = 0;             // what is behind was not written yet
  std::int64_t last_end = 0;        // where it will end

 private:
  RecordBatch empty_batch() const;
};

}  // namespace penstock::sim
