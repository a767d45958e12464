#include "formats/tests/random_json.h"

#include <iterator>

namespace penstock {
namespace {

constexpr const char* kKeys[] = {"a",   "b",   "c.d", "client_ip", "created_at",
                                 "f g", "id",  "",    "_offset",   "a_b",
                                 "n.x", "n.y", "é",   "k\\u0041"};
constexpr const char* kNumbers[] = {"0",
                                    "-0",
                                    "1",
                                    "-1",
                                    "127",
                                    "1704457896",
                                    "1704457896789",
                                    "9223372036854775807",
                                    "-9223372036854775808",
                                    "18446744073709551615",
                                    "0.5",
                                    "-2.25",
                                    "1e3",
                                    "1e-7",
                                    "1E+2",
                                    "1e400",
                                    "0.12345678901234567891",
                                    "123456789.123456789123",
                                    "1.0"};
constexpr const char* kTexts[] = {"",
                                  "x",
                                  "12",
                                  "true",
                                  "2024-01-05",
                                  "1969-12-31",
                                  "2250-01-01",
                                  "2301-01-01",
                                  "2024-1-5",
                                  "2024-01-05 12:34:56",
                                  "2024-01-05T12:34:56.789Z",
                                  "2024-01-05T12:34:56.123456789+02:00",
                                  "2290-01-05 12:34:56.123456789",
                                  "1890-01-05 12:34:56",
                                  "1900-01-01T00:00:00+14:00",
                                  "2299-12-31T23:59:59-12:00",
                                  "2106-02-07 06:28:15",
                                  "2106-02-07 06:28:16",
                                  "1970-01-01T00:00:00+01:00",
                                  "2149-06-06",
                                  "2149-06-07",
                                  "2024-01-05T12:34",
                                  "Fri, 05 Jan 2024 12:34:56 GMT",
                                  "Jan 5 2024",
                                  "550e8400-e29b-41d4-a716-446655440000",
                                  "127.0.0.1",
                                  "1.2.3.4",
                                  "::1",
                                  "::ffff:1.2.3.4",
                                  "fe80::1",
                                  "\\ud83d\\ude00",
                                  "a\\nb",
                                  "é"};

}  // namespace

std::string RandomJson::object(int depth) {
  std::string out = "{";
  for (std::uint32_t left = below(7); left > 0; --left) {
    const std::uint32_t key = below(std::size(kKeys));
    const bool as_usual = below(20) != 0;  // a key mostly has values of one kind
    if (out.size() > 1) out += ", ";
    out += std::string("\"") + kKeys[key] +
           "\": " + value(as_usual ? key + static_cast<std::uint32_t>(depth) : below(8), depth);
  }
  return out + "}";
}

std::string RandomJson::value(std::uint32_t kind, int depth) {
  if (below(12) == 0) return "null";
  constexpr int kDeepest = 4;
  switch (kind % 8) {
    case 0: return below(2) == 0 ? "true" : "false";
    case 1: return number();
    case 2: return depth < kDeepest ? object(depth + 1) : "{}";
    case 3: return depth < kDeepest ? array(kind, depth + 1) : "[]";
    case 4: return std::to_string(1'704'457'896 + below(1000));
    default: return text();
  }
}

std::string RandomJson::number() { return kNumbers[below(std::size(kNumbers))]; }

std::string RandomJson::text() {
  return std::string("\"") + kTexts[below(std::size(kTexts))] + "\"";
}

std::string RandomJson::array(std::uint32_t kind, int depth) {
  std::string out = "[";
  for (std::uint32_t left = below(4); left > 0; --left) {
    if (out.size() > 1) out += ", ";
    out += value(kind / 8 + 1 + static_cast<std::uint32_t>(depth), depth);
  }
  return out + "]";
}

}  // namespace penstock
