#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "base/result.h"
#include "clickhouse/client.h"
#include "clickhouse/range_rows.h"

namespace penstock::clickhouse {

/// How many rows a range of offsets has, and which: a sum of hashes, which tells two sets apart
/// without naming an offset.
struct RangeDigest {
  std::uint64_t rows = 0;
  std::uint64_t hashes = 0;

  void add(std::int64_t offset, std::uint64_t count);
  bool operator==(const RangeDigest&) const = default;
};

/// ClickHouse's intHash64 of the offset.
std::uint64_t hash_of(std::int64_t offset);

/// Offsets of one log, `end` not among them.
struct OffsetSpan {
  std::string topic;
  std::int32_t partition = 0;
  std::int64_t first = 0;
  std::int64_t end = 0;
};

/// What the table holds of these offsets, in ranges of `step`: by offset / step, those that have
/// rows. One pass over the three columns. Errors: those of Client.
Result<std::map<std::int64_t, RangeDigest>> find_digests(Client& client, const AskedTable& asked,
                                                         const OffsetSpan& span, std::int64_t step);

}  // namespace penstock::clickhouse
