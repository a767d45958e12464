#include "clickhouse/range_digests.h"

#include <fmt/format.h>

#include "clickhouse/row_binary.h"
#include "clickhouse/sql_text.h"

namespace penstock::clickhouse {

// MurmurHash3's finalizer, as IntHash64Impl in ClickHouse's Functions/FunctionsHashingInt.h.
std::uint64_t hash_of(std::int64_t offset) {
  std::uint64_t x = static_cast<std::uint64_t>(offset) ^ 0x4CF2D2BAAE6DA887ULL;
  x ^= x >> 33;
  x *= 0xff51afd7ed558ccdULL;
  x ^= x >> 33;
  x *= 0xc4ceb9fe1a85ec53ULL;
  return x ^ (x >> 33);
}

void RangeDigest::add(std::int64_t offset, std::uint64_t count) {
  rows += count;
  hashes += hash_of(offset) * count;
}

Result<std::map<std::int64_t, RangeDigest>> find_digests(Client& client, const AskedTable& asked,
                                                         const OffsetSpan& span,
                                                         std::int64_t step) {
  std::map<std::int64_t, RangeDigest> digests;
  const std::string query = fmt::format(
      "SELECT intDiv(toInt64({0}), {1}) AS range, count(), sum(intHash64(toUInt64({0}))) FROM {2} "
      "WHERE {3} = {4} AND {5} = {6} AND {0} >= {7} AND {0} < {8}{9} GROUP BY range "
      "FORMAT RowBinary",
      quote_name(asked.columns.offset), step, asked.table, quote_name(asked.columns.topic),
      quote_string(span.topic), quote_name(asked.columns.partition), span.partition, span.first,
      span.end, asked.condition.empty() ? "" : " AND " + asked.condition);
  const auto answer = client.send({.query = query,
                                   .settings = {{"wait_end_of_query", "1"}},
                                   .purpose = "Counting the rows of " + asked.table});
  if (!answer.ok()) {
    if (asked.may_be_missing && answer.error().code == "clickhouse.missing_table") return digests;
    return answer.error();
  }
  RowBinary rows(answer.value().text);
  while (!rows.at_end()) {
    RangeDigest& digest = digests[rows.number<std::int64_t>()];
    digest.rows = rows.number<std::uint64_t>();
    digest.hashes = rows.number<std::uint64_t>();
  }
  return digests;
}

}  // namespace penstock::clickhouse
