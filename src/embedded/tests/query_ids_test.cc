#include "embedded/query_ids.h"

#include <gtest/gtest.h>

namespace penstock::embedded {
namespace {

TEST(QueryIds, ReachKillAndTheProcessList) {
  const std::string kill =
      with_query_ids("KILL QUERY WHERE query_id = 'query_id' SYNC", StatementKind::kill);
  EXPECT_NE(kill.find("Settings['log_comment']"), kill.npos);
  EXPECT_TRUE(kill.ends_with(" = 'query_id' SYNC"));
  const std::string select =
      with_query_ids("SELECT query_id FROM system . processes AS p WHERE 'system.processes' != ''",
                     StatementKind::select);
  EXPECT_TRUE(select.starts_with("SELECT query_id FROM (SELECT * REPLACE "));
  EXPECT_TRUE(select.ends_with("FROM system.processes) AS p WHERE 'system.processes' != ''"));
}

TEST(QueryIds, LeaveEverythingElseAlone) {
  constexpr std::string_view kSql = "SELECT processes FROM system.one";
  EXPECT_EQ(with_query_ids(kSql, StatementKind::select), kSql);
  EXPECT_EQ(with_query_ids("DROP TABLE system.processes", StatementKind::other),
            "DROP TABLE system.processes");
}

}  // namespace
}  // namespace penstock::embedded
