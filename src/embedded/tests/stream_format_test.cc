#include "embedded/stream_format.h"

#include <gtest/gtest.h>

#include <string_view>

namespace penstock::embedded {
namespace {

using namespace std::string_view_literals;

std::string_view without_header(std::string_view format, std::string_view piece) {
  return piece.substr(header_size(joining_of(format), piece));
}

TEST(StreamFormat, DropsRepeatedHeaders) {
  EXPECT_EQ(without_header("TSV", "1\n2\n"), "1\n2\n");
  EXPECT_EQ(without_header("TSVWithNames", "a\tb\n1\t2\n"), "1\t2\n");
  EXPECT_EQ(without_header("CSVWithNamesAndTypes", "\"a\nb\"\n\"Int8\"\n1\n"), "1\n");
  EXPECT_EQ(without_header("RowBinaryWithNames",
                           "\x02\x01"
                           "a\x02"
                           "bc\x07"sv),
            "\x07");
  EXPECT_EQ(without_header("RowBinaryWithNamesAndTypes",
                           "\x01\x01"
                           "a\x05UInt8\x07"sv),
            "\x07");
}

TEST(StreamFormat, NeverCutsBehindTheEnd) {
  EXPECT_EQ(without_header("TSVWithNamesAndTypes", "a"), "");
  EXPECT_EQ(without_header("RowBinaryWithNames", "\x05\x7f"sv), "");
}

TEST(StreamFormat, LeavesFormatsWithAFooterAlone) {
  EXPECT_EQ(joining_of("JSON"), Joining::impossible);
  EXPECT_EQ(joining_of("Parquet"), Joining::impossible);
  EXPECT_EQ(joining_of("Native"), Joining::plain);
}

}  // namespace
}  // namespace penstock::embedded
