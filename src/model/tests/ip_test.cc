#include "model/column/ip.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>

#include "model/tests/column_bytes.h"
#include "model/tests/mutated_text.h"

namespace penstock {
namespace {

// Bytes of SELECT x FROM VALUES('x <type>', …) FORMAT Native, ClickHouse 26.7.
TEST(IpColumns, LayRowsOutAsClickHouseDoes) {
  Ipv4Column four;
  EXPECT_EQ(four.put_text("1.2.3.4"), Fit::ok);
  EXPECT_EQ(four.put_text("255.0.0.1"), Fit::ok);
  EXPECT_EQ(native_hex(four), "04030201010000ff");
  expect_slices_add_up("IPv4", four);
  Ipv6Column six;
  EXPECT_EQ(six.put_text("2001:db8::1"), Fit::ok);
  EXPECT_EQ(six.put_text("::ffff:1.2.3.4"), Fit::ok);
  EXPECT_EQ(six.put_text("::"), Fit::ok);
  EXPECT_EQ(native_hex(six),
            "20010db800000000000000000000000100000000000000000000ffff01020304"
            "00000000000000000000000000000000");
  expect_slices_add_up("IPv6", six);
}

TEST(IpColumns, Ipv4TakesNumbersAndLeadingZeros) {
  Ipv4Column column;
  EXPECT_EQ(column.put_int(0x01020304), Fit::ok);
  EXPECT_EQ(column.put_uint(0x01020304), Fit::ok);
  EXPECT_EQ(column.put_number("16909060"), Fit::ok);
  EXPECT_EQ(column.put_text("001.002.003.004"), Fit::ok);
  EXPECT_EQ(column.put_text("0001.2.3.4"), Fit::ok);
  for (const std::uint32_t address : column.values()) EXPECT_EQ(address, 0x01020304u);
  for (const char* text :
       {"", "1.2.3", "1.2.3.", ".1.2.3", "1..2.3", "1.2.3.4.5", "256.1.1.1", "1.2.3.4 ", " 1.2.3.4",
        "::1", "::ffff:1.2.3.4", "1.2.3.x", "99999999999.1.1.1", "16909060"}) {
    expect_text_refused(column, Fit::unreadable, text);
  }
  expect_refused(column, Fit::out_of_range, [](Column& c) { return c.put_int(-1); });
  expect_refused(column, Fit::out_of_range, [](Column& c) { return c.put_uint(1ull << 32); });
  expect_number_refused(column, Fit::out_of_range, "4294967296");
  expect_refused(column, Fit::wrong_type, [](Column& c) { return c.put_bool(true); });
}

TEST(IpColumns, Ipv6ReadsEveryFormAndMapsIpv4) {
  const std::pair<const char*, const char*> cases[] = {
      {"1.2.3.4", "00000000000000000000ffff01020304"},
      {"1:2:3:4:5:6:7:8", "00010002000300040005000600070008"},
      {"1:2:3:4:5:6:1.2.3.4", "00010002000300040005000601020304"},
      {"1:2:3:4:5:6:7::", "00010002000300040005000600070000"},
      {"::2:3:4:5:6:7:8", "00000002000300040005000600070008"},
      {"2001:0DB8:0000::FFFF", "20010db800000000000000000000ffff"},
  };
  for (const auto& [text, hex] : cases) {
    Ipv6Column column;
    EXPECT_EQ(column.put_text(text), Fit::ok) << text;
    EXPECT_EQ(native_hex(column), hex) << text;
  }
  Ipv6Column column;
  column.put_default();
  for (const char* text : {"", "x", ":", "1::2::3", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9",
                           "12345::", "fe80::1%eth0", "::1 ", "256.1.1.1"}) {
    expect_text_refused(column, Fit::unreadable, text);
  }
  expect_text_refused(column, Fit::unreadable, std::string_view("::1\0", 4));
  expect_text_refused(column, Fit::unreadable, std::string(5000, ':'));
  expect_refused(column, Fit::wrong_type, [](Column& c) { return c.put_int(12); });
}

TEST(Ipv4Column, TakesTheTextsThatIpv6MapsAndNoOthers) {
  // IPv6 reads dotted text character by character.
  MutatedText random("0123456789. -:a/\xAE");
  Ipv4Column column;
  Ipv6Column mapped;
  int taken = 0;
  for (int i = 0; i < 300'000; ++i) {
    std::string text;
    for (int part = 0; part < 4; ++part) {
      if (part > 0) text += '.';
      text += std::to_string(random.below(random.below(2) == 0 ? 300 : 30));
    }
    text = random.of(text);
    const Fit fit = column.put_text(text);
    const bool is_mapped = mapped.put_text(text) == Fit::ok && mapped.values().back()[10] == 0xFF;
    ASSERT_EQ(fit == Fit::ok, is_mapped) << text;
    if (!is_mapped) continue;
    ++taken;
    const Ipv6& bytes = mapped.values().back();
    const std::uint32_t address =
        std::uint32_t{bytes[12]} << 24 | bytes[13] << 16 | bytes[14] << 8 | bytes[15];
    ASSERT_EQ(column.values().back(), address) << text;
  }
  EXPECT_GT(taken, 50'000);
}

TEST(Ipv6Column, ReadsTextsOfGroupsAsTheSystemDoes) {
  MutatedText random("0123456789abcdefABCDEF:::.g %/");
  Ipv6Column column;
  int taken = 0;
  for (int i = 0; i < 300'000; ++i) {
    const std::size_t groups = random.below(3) == 0 ? 8 : random.below(9);
    const std::size_t gap = groups == 8 ? 9 : random.below(groups + 1);
    std::string text;
    for (std::size_t group = 0; group <= groups; ++group) {
      if (group == gap) text += group == 0 || group == groups ? "::" : ":";
      if (group == groups) break;
      if (group > 0 && !text.ends_with("::")) text += ':';
      for (std::size_t left = 1 + random.below(4); left > 0; --left) {
        text += "0123456789abcdefABCDEF"[random.below(22)];
      }
    }
    text = random.of(text);
    Ipv6 expected{};
    const bool is_good = inet_pton(AF_INET6, text.c_str(), expected.data()) == 1;
    if (!is_good && text.find('.') != std::string::npos) continue;  // dotted, may be an IPv4
    ASSERT_EQ(column.put_text(text), is_good ? Fit::ok : Fit::unreadable) << text;
    if (!is_good) continue;
    ++taken;
    ASSERT_EQ(column.values().back(), expected) << text;
  }
  EXPECT_GT(taken, 50'000);
}

TEST(IpColumns, TakeBytesInNetworkOrder) {
  const auto narrow = column_of("IPv4");
  EXPECT_EQ(narrow->put_bytes({"\1\2\3\4", 4}), Fit::ok);
  EXPECT_EQ(narrow->put_bytes("1.2.3.4"), Fit::ok);
  EXPECT_EQ(native_hex(*narrow), "0403020104030201");
  expect_refused(*narrow, Fit::unreadable, [](Column& into) { return into.put_bytes("abc"); });
  const auto wide = column_of("LowCardinality(Nullable(IPv6))");
  EXPECT_EQ(wide->put_bytes({"\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\1", 16}), Fit::ok);
  EXPECT_EQ(wide->put_bytes("::1"), Fit::ok);
  EXPECT_EQ(native_hex(*wide).substr(native_hex(*wide).size() - 4), "0202");
}

}  // namespace
}  // namespace penstock
