#include "embedded/multipart.h"

#include <gtest/gtest.h>

namespace penstock::embedded {
namespace {

TEST(Multipart, ReadsFieldsAndFiles) {
  const auto parts = read_multipart("multipart/form-data; boundary=\"xx\"",
                                    "--xx\r\nContent-Disposition: form-data; name=\"query\"\r\n\r\n"
                                    "SELECT 1\r\n--xx\r\nContent-Type: text/plain\r\n"
                                    "content-disposition: form-data; name=\"t\"; filename=\"f\""
                                    "\r\n\r\na\r\nb\r\n--xx--\r\n");
  ASSERT_TRUE(parts.has_value());
  ASSERT_EQ(parts->size(), 2U);
  EXPECT_EQ(parts->at(0).name, "query");
  EXPECT_EQ(parts->at(0).content, "SELECT 1");
  EXPECT_FALSE(parts->at(0).is_file);
  EXPECT_EQ(parts->at(1).name, "t");
  EXPECT_EQ(parts->at(1).content, "a\r\nb");
  EXPECT_TRUE(parts->at(1).is_file);
}

TEST(Multipart, RefusesABodyWithoutItsEnd) {
  EXPECT_FALSE(read_multipart("multipart/form-data; boundary=xx", "--xx\r\na: b\r\n\r\nrest"));
  EXPECT_FALSE(read_multipart("multipart/form-data", "--xx--"));
  EXPECT_FALSE(read_multipart("multipart/form-data; boundary=xx", ""));
}

}  // namespace
}  // namespace penstock::embedded
