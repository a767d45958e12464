#include "registry/address.h"

#include <gtest/gtest.h>

namespace penstock::registry {
namespace {

std::string read(const std::string& url) {
  const auto address = parse_address(url);
  if (!address.ok()) return address.error().message;
  return address.value().base + " | " + address.value().configured;
}

TEST(Address, TakesTheRootWithAnyPrefix) {
  EXPECT_EQ(read("http://r:8081"), "http://r:8081 | ");
  EXPECT_EQ(read("http://r:8081/"), "http://r:8081 | ");
  EXPECT_EQ(read("https://r/apis/ccompat/v7/"), "https://r/apis/ccompat/v7 | ");
}

TEST(Address, TakesASchemaById) {
  EXPECT_EQ(read("http://r/schemas/ids/7"), "http://r | /schemas/ids/7");
  EXPECT_EQ(read("https://r/apis/ccompat/v7/schemas/ids/100004"),
            "https://r/apis/ccompat/v7 | /schemas/ids/100004");
}

TEST(Address, TakesASubjectAndItsVersion) {
  EXPECT_EQ(read("http://r/subjects/s"), "http://r | /subjects/s/versions/latest");
  EXPECT_EQ(read("http://r/subjects/s/latest"), "http://r | /subjects/s/versions/latest");
  EXPECT_EQ(read("http://r/subjects/s/versions/latest/"), "http://r | /subjects/s/versions/latest");
  EXPECT_EQ(read("http://r/subjects/s/versions/3"), "http://r | /subjects/s/versions/3");
  EXPECT_EQ(read("http://r/a/b/subjects/a%2Fb/versions/3"),
            "http://r/a/b | /subjects/a%2Fb/versions/3");
  EXPECT_EQ(read("http://r/subjects/subjects/s"),
            "http://r/subjects | /subjects/s/versions/latest");
}

TEST(Address, SaysWhatIsWrong) {
  const std::string url = "source.kafka.schemaRegistry.url ";
  EXPECT_EQ(read("r:8081"), url + "must be an http:// or https:// address");
  EXPECT_EQ(read("ftp://r"), url + "must be an http:// or https:// address");
  EXPECT_EQ(read("http://r/schemas/ids/x"), url + "must have a number behind /schemas/ids/");
  EXPECT_EQ(read("http://r?a=b"), url + "must have no query");
  EXPECT_EQ(read("http://u:hunter2@r"),
            url + "must hold no user; use credentials.username and credentials.password");
  for (const char* path : {"/subjects//versions/1", "/subjects/s/x", "/subjects/s/versions/-1"}) {
    EXPECT_EQ(read(std::string("http://r") + path),
              url +
                  "must have a subject behind /subjects/, and a number or \"latest\" behind "
                  "/versions/")
        << path;
  }
}

}  // namespace
}  // namespace penstock::registry
