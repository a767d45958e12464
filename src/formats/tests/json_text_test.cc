#include "formats/json_text.h"

#include <gtest/gtest.h>

#include <limits>

namespace penstock {
namespace {

TEST(JsonText, PutsCommasAndColonsBetweenParts) {
  JsonText json;
  json.begin_object();
  json.put_key("a");
  json.begin_array();
  json.put_null();
  json.put_bool(true);
  json.put_int(-7);
  json.begin_object();
  json.end_object();
  json.end_array();
  json.put_key("b");
  json.put_uint(18446744073709551615u);
  json.end_object();
  EXPECT_EQ(json.text(), R"({"a":[null,true,-7,{}],"b":18446744073709551615})");

  json.clear();
  json.put_number("1.50");
  EXPECT_EQ(json.text(), "1.50");
}

TEST(JsonText, EscapesWhatQuotesCannotHold) {
  JsonText json;
  json.put_text("a\"b\\c\n\r\t\x01 \x7F gr\xC3\xBC\xC3\x9F \xF0\x9F\x98\x80");
  EXPECT_EQ(json.text(),
            "\"a\\\"b\\\\c\\n\\r\\t\\u0001 \x7F gr\xC3\xBC\xC3\x9F \xF0\x9F\x98\x80\"");
}

TEST(JsonText, SpellsBytesThatAreNotUtf8AsCharactersOfTheirNumber) {
  JsonText json;
  json.put_text("\xFFz\xC3\xED\xA0\x80");
  EXPECT_EQ(json.text(), "\"\\u00ffz\\u00c3\\u00ed\\u00a0\\u0080\"");
}

TEST(JsonText, KeepsRealsReal) {
  JsonText json;
  json.begin_array();
  for (const double value : {1.0, -0.0, 0.1, 1e300, -1.5}) json.put_real(value);
  json.put_real(0.1F);
  json.put_real(std::numeric_limits<double>::quiet_NaN());
  json.put_real(std::numeric_limits<float>::infinity());
  json.put_real(-std::numeric_limits<double>::infinity());
  json.end_array();
  EXPECT_EQ(json.text(), R"([1.0,-0.0,0.1,1e+300,-1.5,0.1,"nan","inf","-inf"])");
}

}  // namespace
}  // namespace penstock
