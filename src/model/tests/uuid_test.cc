#include "model/column/uuid.h"

#include <optional>

#include <gtest/gtest.h>

#include "model/tests/column_bytes.h"
#include "model/tests/mutated_text.h"

namespace penstock {
namespace {

// Bytes of SELECT x FROM VALUES('x UUID', …) FORMAT Native, ClickHouse 26.7.
TEST(UuidColumn, LaysRowsOutAsClickHouseDoes) {
  UuidColumn column;
  EXPECT_EQ(column.put_text("61f0c404-5cb3-11e7-907b-a6006ad3dba0"), Fit::ok);
  EXPECT_EQ(column.put_text("00000000-0000-0000-0000-000000000001"), Fit::ok);
  EXPECT_EQ(native_hex(column), "e711b35c04c4f061a0dbd36a00a67b9000000000000000000100000000000000");
  column.put_null();
  expect_slices_add_up("UUID", column);
}

TEST(UuidColumn, ReadsAnyCaseWithAndWithoutDashes) {
  for (const char* text :
       {"61F0C404-5CB3-11E7-907B-A6006AD3DBA0", "61f0c4045cb311e7907ba6006ad3dba0",
        "61F0C4045CB311E7907BA6006AD3DBA0"}) {
    UuidColumn column;
    EXPECT_EQ(column.put_text(text), Fit::ok) << text;
    EXPECT_EQ(native_hex(column), "e711b35c04c4f061a0dbd36a00a67b90") << text;
  }
}

TEST(UuidColumn, RefusesOtherTextAndOtherKinds) {
  UuidColumn column;
  column.put_default();
  for (const char* text :
       {"", "x", "{61f0c404-5cb3-11e7-907b-a6006ad3dba0}", "61f0c404-5cb3-11e7-907b-a6006ad3dbag",
        "61f0c404-5cb311e7-907b-a6006ad3dba0", "61f0c404-5cb3-11e7-907b-a6006ad3dba",
        "61f0c404x5cb3-11e7-907b-a6006ad3dba0", "61f0c4045cb311e7907ba6006ad3db-0",
        " 61f0c404-5cb3-11e7-907b-a6006ad3dba"}) {
    expect_text_refused(column, Fit::unreadable, text);
  }
  expect_refused(column, Fit::wrong_type, [](Column& c) { return c.put_int(12); });
  expect_number_refused(column, Fit::wrong_type, "12");
}

/// Digit by digit, with dashes in their places or without any.
std::optional<Uuid> read_slowly(const std::string& text) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  if (text.size() != 32 && text.size() != 36) return std::nullopt;
  Uuid uuid{};
  std::size_t digits = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text.size() == 36 && (at == 8 || at == 13 || at == 18 || at == 23)) {
      if (text[at] != '-') return std::nullopt;
      continue;
    }
    const char c = text[at] >= 'A' && text[at] <= 'F' ? static_cast<char>(text[at] + 32) : text[at];
    const std::size_t value = kDigits.find(c);
    if (value == std::string_view::npos) return std::nullopt;
    uuid[digits / 16] = uuid[digits / 16] << 4 | value;
    ++digits;
  }
  return uuid;
}

TEST(UuidColumn, ReadsAsAReaderDigitByDigitDoes) {
  MutatedText random("0123456789abcdefABCDEF-gG@`/: \x10\x19\xB0\xE1\xFF");
  UuidColumn column;
  int taken = 0;
  for (int i = 0; i < 300'000; ++i) {
    const bool is_dashed = random.below(3) > 0;
    std::string text;
    for (std::size_t at = 0; at < (is_dashed ? 36 : 32); ++at) {
      const bool is_dash = is_dashed && (at == 8 || at == 13 || at == 18 || at == 23);
      text += is_dash ? '-' : "0123456789abcdefABCDEF"[random.below(22)];
    }
    text = random.of(text);
    const auto expected = read_slowly(text);
    ASSERT_EQ(column.put_text(text), expected ? Fit::ok : Fit::unreadable) << text;
    if (!expected) continue;
    ++taken;
    ASSERT_EQ(column.values().back(), *expected) << text;
  }
  EXPECT_GT(taken, 100'000);
}

TEST(UuidColumn, TakesSixteenBytesAsTheNumberItself) {
  const auto text = column_of("UUID");
  const auto bytes = column_of("UUID");
  EXPECT_EQ(text->put_text("61626364-6566-6768-696a-6b6c6d6e6f70"), Fit::ok);
  EXPECT_EQ(bytes->put_bytes("abcdefghijklmnop"), Fit::ok);
  EXPECT_EQ(native_hex(*bytes), native_hex(*text));
  EXPECT_EQ(bytes->put_bytes("61626364-6566-6768-696a-6b6c6d6e6f70"), Fit::ok);
  expect_refused(*bytes, Fit::unreadable, [](Column& into) { return into.put_bytes("abc"); });
}

}  // namespace
}  // namespace penstock
