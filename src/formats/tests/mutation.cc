#include "formats/tests/mutation.h"

#include <string_view>

namespace penstock {
namespace {

constexpr std::string_view kTokens[] = {
    "{",    "}",     "[",     "]",       ":",       ",",    "\"",      "\\",      "null",
    "true", "-",     "1e5",   "\\u0",    "\xFF",    "\xC3", "[[[[[[[", "]]]]]]",  "\"i\":",
    "0.5",  "99999", "\"s\"", "{\"a\":", "\\ud83d", "},{",  "\"b\":{", "\"x.b\":"};

std::size_t below(std::size_t limit, std::mt19937_64& random) {
  return limit == 0 ? 0 : random() % limit;
}

void edit(std::string& text, const std::vector<std::string>& seeds, std::mt19937_64& random) {
  const std::size_t at = below(text.size() + 1, random);
  const std::size_t length = below(8, random);
  switch (below(6, random)) {
    case 0:
      if (at < text.size()) text[at] = static_cast<char>(random());
      break;
    case 1: text.erase(at, length); break;
    case 2: text.insert(at, text.substr(below(text.size() + 1, random), length)); break;
    case 3: text.insert(at, kTokens[below(std::size(kTokens), random)]); break;
    case 4: text.resize(at); break;
    default: {
      const std::string& other = seeds[below(seeds.size(), random)];
      const std::size_t from = below(other.size() + 1, random);
      text.insert(at, other.substr(from, below(24, random)));
    }
  }
}

}  // namespace

std::vector<std::string> seed_messages() {
  return {
      R"({"i": 1, "s": "a", "a": -128, "b": 18446744073709551615, "c": -9223372036854775808})",
      R"({"d": 1.5, "e": -1e300, "f": true, "g": "abcd", "h": "2024-02-29", "j": "1925-01-01"})",
      R"({"k": "2024-03-31 02:30:00", "l": "2024-02-29 01:02:03.456", "m": "b", "o": "10.0.0.1"})",
      R"({"n": "61f0c404-5cb3-11e7-907b-a6006ad3dba0", "p": "2001:db8::1", "q": 1.25, "r": 0.1})",
      R"({"t": null, "c": null, "u": "low", "v": [[1, null], [], [255]], "w": {"k": [1, 2]}})",
      R"({"x": {"a": 1, "b": {"c": "\u00e9\ud83d\ude00\n", "d": ["p", "q"]}}, "y": [1, "t"]})",
      R"({"x": [1, ["c", []]], "z": {"7": {"a": "b"}}, "z": {}, "other": [{"x": [1e5, null]}]})",
      R"(  {"v" : [ [ 1 ] ] , "\u0069" : "7" , "s" : {"raw": [true, false]} , "f" : 0 }  )",
      R"({"C": -170141183460469231731687303715884105728, "D": 1e70, "E": 1.00000000000000000001})",
      R"({"F": 1.7, "G": "12:34:56", "H": "-0:00:00.25", "G": 3600, "O": "a", "N": {"a": 1}})",
      R"({"I": -300, "J": 1.5, "K": {"a": 1, "b": {"c": "2024-02-29"}}, "L": [1, 2]})",
      R"({"I": "2024-02-29", "J": ["x", [null]], "K": "{}", "L": [[[1, 2]]], "M": [[1, 2.5]]})",
      R"({"I": [1, 2], "J": {"a": "2024-01-05 12:34:56"}, "N": null, "P": [true, 1, {"a": 2}]})",
      R"({"I": {"k": 7}, "J": 18446744073709551615, "I": "2024-02-29 01:02:03.456", "E": "-0.5"})",
      R"({"s": "tail"} x)",
      R"({"i": 300000000000, "other": {"deep": [[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]}})",
      R"([1, 2, 3])",
      R"([{"i": 1}, {"i": 2, "s": "b"} ,{}])",
      R"({"i": 1}{"s": "b"}, {"v": [[1]]}
         {"u": "d"})",
      R"({"x": {"a": 1}, "x.a": 2, "x.b": {"c": "t"}, "x": {"b": {"c": "u"}, "b.c": "v"}})",
      R"({"A": [{"a": 1, "b": {"c": "t", "d": [1, null]}}, {"b.c": "u"}, null], "B.a": {"b": 1}})",
      R"({"A": {"a": [1, 2], "b": [{"c": "t"}, {"d": []}]}, "B": {"a.b": null, "a": {"b": 7}}})",
      R"({"b":18446744073709551616,"e":0.1234567890123456789,"d":-0.0,"q":-0,"a":-0,"r":1e-5})",
      R"({"e":123456789012345678901234567890,"c":12345678901234567890,"i":12345678,"b":1.0})",
      "{\"s\":\"gr\xC3\xBC\xC3\x9F dich, a text of more than forty-eight bytes to pass over\"}",
      R"({"s":"a text that is longer than two vectors of sixteen \"with\" \u00e9\u20ac escapes"})",
  };
}

std::string mutate(const std::vector<std::string>& seeds, std::mt19937_64& random) {
  std::string text = seeds[below(seeds.size(), random)];
  for (std::size_t edits = 1 + below(4, random); edits > 0; --edits) edit(text, seeds, random);
  return text;
}

}  // namespace penstock
