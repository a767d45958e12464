#include "embedded/query_text.h"

#include <gtest/gtest.h>

#include <string>

namespace penstock::embedded {
namespace {

QueryText whole(std::string_view sql) { return scan_query(sql, TextEnd::final); }
QueryText open(std::string_view sql) { return scan_query(sql, TextEnd::open); }

std::string rows_of(std::string_view sql) { return std::string(sql.substr(whole(sql).rows_at)); }
std::string head_of(std::string_view sql) {
  return std::string(sql.substr(0, whole(sql).format_at));
}

TEST(QueryText, FindsTheFormatAtTheTail) {
  EXPECT_EQ(whole("SELECT 1 FORMAT JSON").format, "JSON");
  EXPECT_EQ(whole("select 1 format JSONEachRow;\n").format, "JSONEachRow");
  EXPECT_EQ(whole("SELECT 1 FORMAT CSV SETTINGS max_threads = 1").format, "CSV");
  EXPECT_EQ(whole("SELECT 1 /* FORMAT CSV */ FORMAT -- really\n TSV -- FORMAT XML").format, "TSV");
  EXPECT_EQ(whole("SHOW TABLES FORMAT Native").format, "Native");
}

TEST(QueryText, IsNotFooledByTextThatOnlyLooksLikeAFormat) {
  EXPECT_EQ(whole("SELECT 1").format, "");
  EXPECT_EQ(whole("SELECT ' FORMAT JSON'").format, "");
  EXPECT_EQ(whole("SELECT 'it''s' AS a, 'x\\' FORMAT JSON'").format, "");
  EXPECT_EQ(whole("SELECT \"FORMAT\", `a FORMAT JSON` FROM t").format, "");
  EXPECT_EQ(whole("SELECT $x$ FORMAT JSON $x$").format, "");
  EXPECT_EQ(whole("SELECT (SELECT 1 FORMAT JSON)").format, "");
  EXPECT_EQ(whole("SELECT format FROM t").format, "");
  EXPECT_EQ(whole("SELECT 1 # FORMAT JSON").format, "");
}

TEST(QueryText, SortsStatementsByTheirFirstWord) {
  EXPECT_EQ(whole(" -- a\n /* b */ select 1").kind, StatementKind::select);
  EXPECT_EQ(whole("(SELECT 1) UNION ALL (SELECT 2)").kind, StatementKind::select);
  EXPECT_EQ(whole("WITH 1 AS a SELECT a").kind, StatementKind::select);
  EXPECT_EQ(whole("EXPLAIN SELECT 1").kind, StatementKind::show);
  EXPECT_EQ(whole("SET max_threads = 1").kind, StatementKind::set);
  EXPECT_EQ(whole("KILL QUERY WHERE 1").kind, StatementKind::kill);
  EXPECT_EQ(whole("CREATE TABLE t (a Int8)").kind, StatementKind::other);
  EXPECT_FALSE(whole("CREATE TABLE t (a Int8)").reads_only());
  EXPECT_FALSE(whole("INSERT INTO t SELECT 1").reads_only());
}

TEST(QueryText, CutsAnInsertBeforeItsRows) {
  EXPECT_EQ(rows_of("INSERT INTO t FORMAT CSV\n1,2"), "1,2");
  EXPECT_EQ(rows_of("INSERT INTO t FORMAT CSV \r\n\n1"), "\n1");
  EXPECT_EQ(rows_of("INSERT INTO t FORMAT Native\n\x01\x02"), "\x01\x02");
  EXPECT_EQ(rows_of("insert into t (a, b) values (1, 2), (3, 4);"), " (1, 2), (3, 4);");
  EXPECT_EQ(head_of("INSERT INTO t (a) SETTINGS x = 1 FORMAT CSV\n1"),
            "INSERT INTO t (a) SETTINGS x = 1 ");
  EXPECT_EQ(whole("INSERT INTO t VALUES (1)").format, "Values");
  EXPECT_EQ(whole("INSERT INTO t VALUES (1)").kind, StatementKind::insert_rows);
}

TEST(QueryText, TakesATableCalledFormatForATable) {
  EXPECT_EQ(whole("INSERT INTO format VALUES (1)").format, "Values");
  EXPECT_EQ(whole("INSERT INTO db.`values` (format) FORMAT CSV\n1").format, "CSV");
  EXPECT_EQ(whole("INSERT INTO FUNCTION file('a.csv', CSV, 'a Int8') VALUES (1)").format, "Values");
}

TEST(QueryText, KeepsRowsOutOfTheStatement) {
  const QueryText text = whole("INSERT INTO t FORMAT TSV\na;b 'c FORMAT X");
  EXPECT_FALSE(text.several);
  EXPECT_EQ(text.format, "TSV");
}

TEST(QueryText, TellsAnInsertFromASelectWithRowsAndWithout) {
  EXPECT_EQ(whole("INSERT INTO t SELECT 1").kind, StatementKind::insert_select);
  EXPECT_EQ(whole("INSERT INTO t SELECT * FROM values('a Int8', 1)").kind,
            StatementKind::insert_select);
  const std::string_view sql = "INSERT INTO t SELECT a FROM input('a Int8') FORMAT CSV\n1";
  const QueryText text = whole(sql);
  ASSERT_EQ(text.kind, StatementKind::insert_input);
  EXPECT_EQ(sql.substr(text.input->begin, text.input->end - text.input->begin), "input('a Int8')");
  EXPECT_EQ(text.input->structure, "'a Int8'");
  EXPECT_EQ(sql.substr(text.rows_at), "1");
  EXPECT_EQ(whole("INSERT INTO t SELECT a FROM input('a Int8') WHERE (a) > 0 FORMAT CSV\n").kind,
            StatementKind::insert_input);
}

TEST(QueryText, WaitsForMoreOfAnOpenText) {
  EXPECT_EQ(open("INSERT INTO t FORM").kind, StatementKind::unfinished);
  EXPECT_EQ(open("INSERT INTO t FORMAT JSONEach").kind, StatementKind::unfinished);
  EXPECT_EQ(open("INSERT INTO t FORMAT CSV\n").kind, StatementKind::unfinished);
  EXPECT_EQ(open("INSERT INTO t FORMAT CSV\n1").kind, StatementKind::insert_rows);
  EXPECT_EQ(open("INSERT INTO t SELECT a FROM input('a").kind, StatementKind::unfinished);
  EXPECT_EQ(open("SELECT 1 FORMAT CSV").kind, StatementKind::unfinished);
}

TEST(QueryText, SeesWhatAServerRefuses) {
  EXPECT_TRUE(whole("SELECT 1; SELECT 2").several);
  EXPECT_FALSE(whole("SELECT ';'; -- end").several);
  EXPECT_TRUE(whole("SELECT 1 INTO OUTFILE 'a'").into_outfile);
}

}  // namespace
}  // namespace penstock::embedded
