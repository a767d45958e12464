#include "scalar_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <span>

#include "moment_text.h"

namespace penstock::oracle {
namespace {

constexpr std::string_view kLimits[] = {
    "0",
    "1",
    "-1",
    "-0",
    "127",
    "128",
    "-128",
    "-129",
    "255",
    "256",
    "32767",
    "32768",
    "-32768",
    "-32769",
    "65535",
    "65536",
    "2147483647",
    "2147483648",
    "-2147483648",
    "-2147483649",
    "4294967295",
    "4294967296",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775808",
    "-9223372036854775809",
    "18446744073709551615",
    "18446744073709551616",
    "170141183460469231731687303715884105727",
    "170141183460469231731687303715884105728",
    "-170141183460469231731687303715884105728",
    "340282366920938463463374607431768211455",
    "340282366920938463463374607431768211456",
    "57896044618658097711785492504343953926634992332820282019728792003956564819967",
    "57896044618658097711785492504343953926634992332820282019728792003956564819968",
    "115792089237316195423570985008687907853269984665640564039457584007913129639935",
    "115792089237316195423570985008687907853269984665640564039457584007913129639936"};

constexpr std::string_view kReals[] = {"0.0",
                                       "-0.0",
                                       "0.1",
                                       "1.5",
                                       "1e-7",
                                       "1e20",
                                       "1E+2",
                                       "123456789.123456789",
                                       "5e-324",
                                       "2.2250738585072014e-308",
                                       "1.7976931348623157e308",
                                       "1.8e308",
                                       "3.4028235e38",
                                       "3.4028236e38",
                                       "1e-45",
                                       "1.4e-46",
                                       "16777217",
                                       "9007199254740993",
                                       "1e400",
                                       "-1e400",
                                       "0.30000000000000004",
                                       "1e0",
                                       "1.0",
                                       "1.10",
                                       "100e-2",
                                       "0e999",
                                       "1e-400",
                                       "1e-999999999999",
                                       "1e999999999999"};

constexpr std::string_view kOddNumbers[] = {
    "nan", "inf",   "-inf", "NaN",      "Infinity", "+1", "007", " 5", "5 ",    "0x10",
    "",    "1_000", "1,5",  "--1",      "1e",       ".5", "5.",  "-",  "+",     "1.5.2",
    "1e5", "true",  "٣",    "infinity", "-nan",     "1.", "-.5", "00", "-00.10"};

constexpr std::string_view kUuids[] = {"61f0c404-5cb3-11e7-907b-a6006ad3dba0",
                                       "61F0C404-5CB3-11E7-907B-A6006AD3DBA0",
                                       "61f0c4045cb311e7907ba6006ad3dba0",
                                       "00000000-0000-0000-0000-000000000000",
                                       "ffffffff-ffff-ffff-ffff-ffffffffffff",
                                       "{61f0c404-5cb3-11e7-907b-a6006ad3dba0}",
                                       "61f0c404-5cb3-11e7-907b-a6006ad3dba",
                                       "61f0c404-5cb3-11e7-907b-a6006ad3dbag",
                                       "61f0c404-5cb3-11e7-907b-a6006ad3dba00",
                                       "61f0c404_5cb3_11e7_907b_a6006ad3dba0",
                                       ""};

constexpr std::string_view kAddresses4[] = {
    "0.0.0.0", "255.255.255.255", "10.1.2.3",    "127.0.0.1", "256.0.0.1",
    "1.2.3",   "1.2.3.4.5",       "01.02.03.04", "",          "1.2.3.4 ",
    "::1",     "16909060",        "1.2.3.-4",    "1..2.3"};

constexpr std::string_view kAddresses6[] = {"::",
                                            "::1",
                                            "2001:db8::1",
                                            "2001:DB8:0:0:0:0:0:1",
                                            "::ffff:10.1.2.3",
                                            "10.1.2.3",
                                            "1:2:3:4:5:6:7:8",
                                            "1:2:3:4:5:6:7:8:9",
                                            "1::2::3",
                                            ":",
                                            "",
                                            "fe80::1%eth0",
                                            "12345::",
                                            "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
                                            "::1.2.3.4",
                                            "1:2:3:4:5:6:7::",
                                            "2001:db8::1 ",
                                            "0::0:1"};

constexpr std::string_view kCharacters[] = {"a",
                                            "Z",
                                            " ",
                                            "0",
                                            "\"",
                                            "\\",
                                            "/",
                                            "\n",
                                            "\t",
                                            "\r",
                                            "\b",
                                            "\f",
                                            "'",
                                            "`",
                                            "\x01",
                                            "\x7f",
                                            "ä",
                                            "€",
                                            "😀",
                                            "\u2028",
                                            "{",
                                            "}",
                                            "[",
                                            "]",
                                            ",",
                                            ":",
                                            "null",
                                            "true",
                                            "\xED\x9F\xBF",
                                            "\xEF\xBF\xBF",
                                            "\xF4\x8F\xBF\xBF",
                                            "é",
                                            "\\N",
                                            "%"};

/// Mostly one of so many bits.
std::string integer(std::size_t bits, bool is_signed, Random& random) {
  if (random.chance(10)) return std::string(random.pick(kLimits));
  if (random.chance(30)) return std::to_string(random.below(128));
  const std::string_view sign = is_signed && random.chance(50) ? "-" : "";
  if (bits > 64 && random.chance(50)) {
    const std::size_t most = bits == 128 ? 38 : 77;
    return fmt::format("{}{}{}", sign, 1 + random.below(9), random.digits(random.below(most)));
  }
  const std::size_t used = random.chance(97) ? std::min<std::size_t>(bits, 64) - 1 : 64;
  const std::uint64_t value = random.bits() >> (64 - 1 - random.below(used));
  return fmt::format("{}{}", sign, value);
}

/// "UInt16" has 16.
std::size_t bits_of(std::string_view integer_type) {
  return std::stoul(std::string(integer_type.substr(integer_type.find_first_of("123468"))));
}

std::string real(Random& random) {
  if (random.chance(30)) return std::string(random.pick(kReals));
  const auto any = std::bit_cast<double>(random.bits());
  if (random.chance(30) && std::isfinite(any)) return fmt::format("{}", any);
  return fmt::format("{}{}.{}", random.chance(30) ? "-" : "", 1 + random.below(99999),
                     random.digits(1 + random.below(20)));
}

/// Digits on both sides of the point near what precision and scale allow.
std::string decimal(const Type& type, Random& random) {
  const std::size_t precision = std::stoul(type.literals.empty() ? "10" : type.literals[0]);
  const std::size_t scale = type.literals.size() < 2 ? 0 : std::stoul(type.literals[1]);
  const auto near = [&](std::size_t digits) {
    return random.chance(95) ? random.below(digits + 1) : digits + random.below(3);
  };
  std::string text = random.chance(30) ? "-" : "";
  const std::string whole = random.digits(near(precision - scale));
  const std::size_t first = whole.find_first_not_of('0');
  text += first == whole.npos ? "0" : whole.substr(first);
  const std::string fraction = random.digits(near(scale));
  if (!fraction.empty()) text += "." + fraction;
  if (random.chance(10)) text += fmt::format("e{}", random.between(-5, 5));
  return text;
}

/// The first ones are right, most of the others are not.
std::string one_of(std::span<const std::string_view> spellings, Random& random) {
  constexpr std::size_t kRight = 4;
  return std::string(spellings[random.below(random.chance(80) ? kRight : spellings.size())]);
}

/// A name of the enum, its number, or nearly either.
std::string enumerator(const Type& type, Random& random) {
  const std::string& literal = random.pick(type.literals);
  const std::size_t equals = literal.rfind(" = ");
  if (random.chance(20)) return literal.substr(equals + 3);
  std::string name = unquote(literal.substr(0, equals));
  if (random.chance(10)) name += "x";
  return name;
}

}  // namespace

std::string random_number(Random& random) {
  return random.chance(60) ? integer(64, true, random) : real(random);
}

std::string random_text(Random& random, std::size_t longest) {
  std::string text;
  for (std::size_t left = random.below(longest + 1); left > 0; --left) {
    text += random.chance(60) ? std::string(1, static_cast<char>('a' + random.below(26)))
                              : std::string(random.pick(kCharacters));
  }
  return text;
}

std::string random_scalar_text(const Type& type, Random& random) {
  const std::string_view name = type.name;
  const bool number = name.find("Int") != name.npos || name.starts_with("Float") ||
                      name.starts_with("Decimal") || name == "BFloat16";
  if (number && random.chance(4)) return std::string(random.pick(kOddNumbers));
  if (name.find("Int") != name.npos) {
    if (random.chance(3)) return real(random);
    return integer(bits_of(name), !name.starts_with('U'), random);
  }
  if (name.starts_with("Float") || name == "BFloat16") return random_number(random);
  if (name.starts_with("Decimal")) {
    return random.chance(95) ? decimal(type, random) : random_number(random);
  }
  if (name == "Bool") {
    constexpr std::string_view kWords[] = {"true", "false", "1", "0",  "True", "TRUE", "yes", "no",
                                           "on",   "t",     "2", "-1", "",     "1.0",  "off", "F"};
    return std::string(random.chance(70) ? kWords[random.below(2)] : random.pick(kWords));
  }
  if (name.starts_with("Date") || name.starts_with("Time")) return random_moment_text(type, random);
  if (name.starts_with("Enum")) return enumerator(type, random);
  if (name == "UUID") return one_of(kUuids, random);
  if (name == "IPv4") return one_of(kAddresses4, random);
  if (name == "IPv6") return one_of(kAddresses6, random);
  if (name == "FixedString") return random_text(random, std::stoul(type.literals.at(0)) + 1);
  return random_text(random, random.chance(10) ? 200 : 12);
}

}  // namespace penstock::oracle
