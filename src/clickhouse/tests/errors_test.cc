#include "clickhouse/errors.h"

#include <gtest/gtest.h>

#include <array>
#include <set>

#include "base/error_catalog.h"

namespace penstock::clickhouse {
namespace {

// Written out a second time on purpose: whoever changes what a code means has to say so twice.
constexpr std::array kGolden = {
    Meaning{3, "UNEXPECTED_END_OF_FILE", Fault::remote, Recovery::retry, "clickhouse.busy"},
    Meaning{6, "CANNOT_PARSE_TEXT", Fault::data, Recovery::isolate, "clickhouse.rejected_value"},
    Meaning{7, "INCORRECT_NUMBER_OF_COLUMNS", Fault::user, Recovery::rebuild, "clickhouse.schema"},
    Meaning{8, "THERE_IS_NO_COLUMN", Fault::user, Recovery::rebuild, "clickhouse.schema"},
    Meaning{16, "NO_SUCH_COLUMN_IN_TABLE", Fault::user, Recovery::rebuild, "clickhouse.schema"},
    Meaning{18, "CANNOT_INSERT_ELEMENT_INTO_CONSTANT_COLUMN", Fault::data, Recovery::isolate,
            "clickhouse.rejected_value"},
    Meaning{20, "NUMBER_OF_COLUMNS_DOESNT_MATCH", Fault::user, Recovery::rebuild,
            "clickhouse.schema"},
    Meaning{25, "CANNOT_PARSE_ESCAPE_SEQUENCE", Fault::data, Recovery::isolate,
            "clickhouse.rejected_value"},
    Meaning{26, "CANNOT_PARSE_QUOTED_STRING", Fault::data, Recovery::isolate,
            "clickhouse.rejected_value"},
    Meaning{27, "CANNOT_PARSE_INPUT_ASSERTION_FAILED", Fault::data, Recovery::isolate,
            "clickhouse.rejected_value"},
    Meaning{38, "CANNOT_PARSE_DATE", Fault::data, Recovery::isolate, "clickhouse.rejected_value"},
    Meaning{41, "CANNOT_PARSE_DATETIME", Fault::data, Recovery::isolate,
            "clickhouse.rejected_value"},
    Meaning{43, "ILLEGAL_TYPE_OF_ARGUMENT", Fault::data, Recovery::isolate,
            "clickhouse.rejected_value"},
    Meaning{44, "ILLEGAL_COLUMN", Fault::user, Recovery::rebuild, "clickhouse.schema"},
    Meaning{47, "UNKNOWN_IDENTIFIER", Fault::user, Recovery::rebuild, "clickhouse.schema"},
    Meaning{53, "TYPE_MISMATCH", Fault::data, Recovery::isolate, "clickhouse.rejected_value"},
    Meaning{60, "UNKNOWN_TABLE", Fault::user, Recovery::stop, "clickhouse.missing_table"},
    Meaning{69, "ARGUMENT_OUT_OF_BOUND", Fault::data, Recovery::isolate,
            "clickhouse.rejected_value"},
    Meaning{70, "CANNOT_CONVERT_TYPE", Fault::data, Recovery::isolate, "clickhouse.rejected_value"},
    Meaning{72, "CANNOT_PARSE_NUMBER", Fault::data, Recovery::isolate, "clickhouse.rejected_value"},
    Meaning{81, "UNKNOWN_DATABASE", Fault::user, Recovery::stop, "clickhouse.missing_table"},
    Meaning{95, "CANNOT_READ_FROM_SOCKET", Fault::remote, Recovery::retry, "clickhouse.busy"},
    Meaning{107, "FILE_DOESNT_EXIST", Fault::remote, Recovery::retry, "clickhouse.busy"},
    Meaning{117, "INCORRECT_DATA", Fault::data, Recovery::isolate, "clickhouse.rejected_value"},
    Meaning{128, "TOO_LARGE_ARRAY_SIZE", Fault::data, Recovery::isolate,
            "clickhouse.rejected_value"},
    Meaning{131, "TOO_LARGE_STRING_SIZE", Fault::data, Recovery::isolate,
            "clickhouse.rejected_value"},
    Meaning{153, "ILLEGAL_DIVISION", Fault::data, Recovery::isolate, "clickhouse.rejected_value"},
    Meaning{159, "TIMEOUT_EXCEEDED", Fault::remote, Recovery::retry, "clickhouse.busy"},
    Meaning{160, "TOO_SLOW", Fault::remote, Recovery::retry, "clickhouse.busy"},
    Meaning{164, "READONLY", Fault::user, Recovery::stop, "clickhouse.read_only"},
    Meaning{173, "CANNOT_ALLOCATE_MEMORY", Fault::remote, Recovery::retry, "clickhouse.busy"},
    Meaning{192, "UNKNOWN_USER", Fault::user, Recovery::stop, "clickhouse.auth"},
    Meaning{193, "WRONG_PASSWORD", Fault::user, Recovery::stop, "clickhouse.auth"},
    Meaning{194, "REQUIRED_PASSWORD", Fault::user, Recovery::stop, "clickhouse.auth"},
    Meaning{195, "IP_ADDRESS_NOT_ALLOWED", Fault::user, Recovery::stop, "clickhouse.auth"},
    Meaning{198, "DNS_ERROR", Fault::remote, Recovery::retry, "clickhouse.busy"},
    Meaning{201, "QUOTA_EXCEEDED", Fault::remote, Recovery::retry, "clickhouse.busy"},
    Meaning{202, "TOO_MANY_SIMULTANEOUS_QUERIES", Fault::remote, Recovery::retry,
            "clickhouse.busy"},
    Meaning{203, "NO_FREE_CONNECTION", Fault::remote, Recovery::retry, "clickhouse.busy"},
    Meaning{209, "SOCKET_TIMEOUT", Fault::remote, Recovery::retry, "clickhouse.busy"},
    Meaning{210, "NETWORK_ERROR", Fault::remote, Recovery::retry, "clickhouse.busy"},
    Meaning{216, "QUERY_WITH_SAME_ID_IS_ALREADY_RUNNING", Fault::remote, Recovery::retry,
            "clickhouse.busy"},
    Meaning{218, "TABLE_IS_DROPPED", Fault::user, Recovery::stop, "clickhouse.missing_table"},
    Meaning{225, "NO_ZOOKEEPER", Fault::remote, Recovery::retry, "clickhouse.busy"},
    Meaning{236, "ABORTED", Fault::remote, Recovery::retry, "clickhouse.busy"},
    Meaning{241, "MEMORY_LIMIT_EXCEEDED", Fault::remote, Recovery::retry, "clickhouse.busy"},
    Meaning{242, "TABLE_IS_READ_ONLY", Fault::remote, Recovery::retry, "clickhouse.busy"},
    Meaning{243, "NOT_ENOUGH_SPACE", Fault::remote, Recovery::retry, "clickhouse.busy"},
    Meaning{244, "UNEXPECTED_ZOOKEEPER_ERROR", Fault::remote, Recovery::retry, "clickhouse.busy"},
    Meaning{252, "TOO_MANY_PARTS", Fault::remote, Recovery::retry, "clickhouse.too_many_parts"},
    Meaning{254, "NO_ACTIVE_REPLICAS", Fault::remote, Recovery::retry, "clickhouse.busy"},
    Meaning{265, "NO_AVAILABLE_REPLICA", Fault::remote, Recovery::retry, "clickhouse.busy"},
    Meaning{279, "ALL_CONNECTION_TRIES_FAILED", Fault::remote, Recovery::retry, "clickhouse.busy"},
    Meaning{285, "TOO_FEW_LIVE_REPLICAS", Fault::remote, Recovery::retry, "clickhouse.busy"},
    Meaning{286, "UNSATISFIED_QUORUM_FOR_PREVIOUS_WRITE", Fault::remote, Recovery::retry,
            "clickhouse.busy"},
    Meaning{289, "REPLICA_IS_NOT_IN_QUORUM", Fault::remote, Recovery::retry, "clickhouse.busy"},
    Meaning{290, "LIMIT_EXCEEDED", Fault::remote, Recovery::retry, "clickhouse.busy"},
    Meaning{291, "DATABASE_ACCESS_DENIED", Fault::user, Recovery::stop, "clickhouse.grant"},
    Meaning{297, "SHARD_HAS_NO_CONNECTIONS", Fault::remote, Recovery::retry, "clickhouse.busy"},
    Meaning{319, "UNKNOWN_STATUS_OF_INSERT", Fault::remote, Recovery::retry, "clickhouse.busy"},
    Meaning{321, "VALUE_IS_OUT_OF_RANGE_OF_DATA_TYPE", Fault::data, Recovery::isolate,
            "clickhouse.rejected_value"},
    Meaning{349, "CANNOT_INSERT_NULL_IN_ORDINARY_COLUMN", Fault::data, Recovery::isolate,
            "clickhouse.rejected_value"},
    Meaning{364, "RECEIVED_ERROR_TOO_MANY_REQUESTS", Fault::remote, Recovery::retry,
            "clickhouse.busy"},
    Meaning{376, "CANNOT_PARSE_UUID", Fault::data, Recovery::isolate, "clickhouse.rejected_value"},
    Meaning{384, "PART_IS_TEMPORARILY_LOCKED", Fault::remote, Recovery::retry, "clickhouse.busy"},
    Meaning{392, "QUERY_IS_PROHIBITED", Fault::user, Recovery::stop, "clickhouse.grant"},
    Meaning{394, "QUERY_WAS_CANCELLED", Fault::remote, Recovery::retry, "clickhouse.busy"},
    Meaning{395, "FUNCTION_THROW_IF_VALUE_IS_NON_ZERO", Fault::data, Recovery::isolate,
            "clickhouse.rejected_value"},
    Meaning{407, "DECIMAL_OVERFLOW", Fault::data, Recovery::isolate, "clickhouse.rejected_value"},
    Meaning{425, "SYSTEM_ERROR", Fault::remote, Recovery::retry, "clickhouse.busy"},
    Meaning{439, "CANNOT_SCHEDULE_TASK", Fault::remote, Recovery::retry, "clickhouse.busy"},
    Meaning{441, "CANNOT_PARSE_DOMAIN_VALUE_FROM_STRING", Fault::data, Recovery::isolate,
            "clickhouse.rejected_value"},
    Meaning{467, "CANNOT_PARSE_BOOL", Fault::data, Recovery::isolate, "clickhouse.rejected_value"},
    Meaning{469, "VIOLATED_CONSTRAINT", Fault::data, Recovery::isolate,
            "clickhouse.rejected_value"},
    Meaning{473, "DEADLOCK_AVOIDED", Fault::remote, Recovery::retry, "clickhouse.busy"},
    Meaning{497, "ACCESS_DENIED", Fault::user, Recovery::stop, "clickhouse.grant"},
    Meaning{499, "S3_ERROR", Fault::remote, Recovery::retry, "clickhouse.busy"},
    Meaning{511, "UNKNOWN_ROLE", Fault::user, Recovery::stop, "clickhouse.grant"},
    Meaning{512, "SET_NON_GRANTED_ROLE", Fault::user, Recovery::stop, "clickhouse.grant"},
    Meaning{516, "AUTHENTICATION_FAILED", Fault::user, Recovery::stop, "clickhouse.auth"},
    Meaning{675, "CANNOT_PARSE_IPV4", Fault::data, Recovery::isolate, "clickhouse.rejected_value"},
    Meaning{676, "CANNOT_PARSE_IPV6", Fault::data, Recovery::isolate, "clickhouse.rejected_value"},
    Meaning{691, "UNKNOWN_ELEMENT_OF_ENUM", Fault::data, Recovery::isolate,
            "clickhouse.rejected_value"},
    Meaning{692, "TOO_MANY_MUTATIONS", Fault::remote, Recovery::retry, "clickhouse.busy"},
    Meaning{700, "USER_SESSION_LIMIT_EXCEEDED", Fault::remote, Recovery::retry, "clickhouse.busy"},
    Meaning{733, "TABLE_IS_BEING_RESTARTED", Fault::remote, Recovery::retry, "clickhouse.busy"},
    Meaning{745, "SERVER_OVERLOADED", Fault::remote, Recovery::retry, "clickhouse.busy"},
    Meaning{999, "KEEPER_EXCEPTION", Fault::remote, Recovery::retry, "clickhouse.busy"},
    Meaning{1000, "POCO_EXCEPTION", Fault::remote, Recovery::retry, "clickhouse.busy"},
    Meaning{1002, "UNKNOWN_EXCEPTION", Fault::remote, Recovery::retry, "clickhouse.busy"},
};

TEST(Errors, EveryRowMeansWhatTheGoldenRowSays) {
  ASSERT_EQ(meanings().size(), kGolden.size());
  for (const Meaning& golden : kGolden) {
    const Error error =
        refusal_error({.status = 500, .code = golden.code, .text = "Code: 1. text"}, "Trying");
    EXPECT_EQ(meaning_of(golden.code).name, golden.name) << golden.code;
    EXPECT_EQ(error.fault, golden.fault) << golden.name;
    EXPECT_EQ(error.recovery, golden.recovery) << golden.name;
    EXPECT_EQ(error.code, golden.our_code) << golden.name;
    EXPECT_TRUE(explain(error.code).has_value()) << error.code;
  }
}

TEST(Errors, ACodeNobodyListedStopsAndDiscardsNothing) {
  std::set<int> listed;
  for (const Meaning& meaning : meanings()) listed.insert(meaning.code);
  for (int code = 1; code < 2000; ++code) {
    if (listed.contains(code)) continue;
    EXPECT_EQ(meaning_of(code).recovery, Recovery::stop) << code;
    EXPECT_EQ(meaning_of(code).our_code, "clickhouse.unknown") << code;
  }
}

TEST(Errors, TheStatusDecidesWithoutACode) {
  struct Row {
    long status;
    Recovery recovery;
    std::string_view code;
  };
  for (const Row& row :
       {Row{401, Recovery::stop, "clickhouse.auth"}, Row{403, Recovery::stop, "clickhouse.auth"},
        Row{408, Recovery::retry, "clickhouse.busy"}, Row{429, Recovery::retry, "clickhouse.busy"},
        Row{502, Recovery::retry, "clickhouse.busy"}, Row{503, Recovery::retry, "clickhouse.busy"},
        Row{504, Recovery::retry, "clickhouse.busy"},
        Row{404, Recovery::stop, "clickhouse.bad_answer"},
        Row{500, Recovery::stop, "clickhouse.bad_answer"}}) {
    const Error error = refusal_error({.status = row.status, .text = "<html>"}, "Trying");
    EXPECT_EQ(error.recovery, row.recovery) << row.status;
    EXPECT_EQ(error.code, row.code) << row.status;
  }
}

TEST(Errors, FindsTheCodeInTheText) {
  EXPECT_EQ(code_in_text("Code: 60. DB::Exception: Table d.t does not exist."), 60);
  EXPECT_EQ(code_in_text("Poco says: Code: 516. DB::Exception: …"), 516);
  EXPECT_EQ(code_in_text("Code: none"), 0);
  EXPECT_EQ(code_in_text("Code: 60"), 0);
  EXPECT_EQ(code_in_text(""), 0);
}

TEST(Errors, TextsAreOneShortLineWithoutRowValues) {
  EXPECT_EQ(without_data("Code: 469. Constraint `c` is violated at row 2. Expression: (n < 5). "
                         "Column values: n = 'secret'. (VIOLATED_CONSTRAINT) (version 26.7)"),
            "Code: 469. Constraint `c` is violated at row 2. Expression: (n < 5).");
  EXPECT_EQ(without_data("Cannot parse input: (at row 1)\n\nRow 1:\nColumn 0, type: UInt8: secret"),
            "Cannot parse input: (at row 1)");
  EXPECT_EQ(without_data("a\n  b\t\tc\n"), "a b c");
}

TEST(Errors, LongTextsAreCutBetweenCharacters) {
  std::string text;
  for (int i = 0; i < 301; ++i) text += "é";
  EXPECT_EQ(without_data("x" + text), "x" + text.substr(0, 598) + " …");
}

TEST(RefusalError, AValueThatAViewRefusesIsNotLookedForInHalves) {
  const Error error = refusal_error(
      {.status = 500,
       .code = 469,
       .text =
           "Code: 469. DB::Exception: Constraint `c` for table d.copy is violated: while pushing "
           "to view d.v. (VIOLATED_CONSTRAINT)"},
      "INSERT into t");
  EXPECT_EQ(error.recovery, Recovery::stop);
  EXPECT_EQ(error.code, "clickhouse.view");
  EXPECT_TRUE(error.message.ends_with("In view d.v.")) << error.message;
}

}  // namespace
}  // namespace penstock::clickhouse
