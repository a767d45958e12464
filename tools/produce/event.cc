#include "produce/event.h"

#include <fmt/format.h>

#include <array>
#include <iterator>
#include <string_view>

#include "produce/event_time.h"
#include "produce/random.h"

namespace penstock::produce {
namespace {

constexpr std::uint64_t kUsers = 40'000;
constexpr std::uint64_t kProducts = 5'000;
constexpr std::uint64_t kEventsPerSession = 25;

constexpr std::array<TableColumn, 11> kColumns = {{
    {"id", "UInt64"},
    {"ts", "DateTime64(3, 'UTC')"},
    {"session_id", "UUID"},
    {"user", "String"},
    {"event", "LowCardinality(String)"},
    {"url", "String"},
    {"amount", "Float64"},
    {"mobile", "Bool"},
    {"ip", "IPv4"},
    {"country", "LowCardinality(String)"},
    {"tags", "Array(UInt8)"},
}};

constexpr std::array<std::string_view, 8> kEvents = {
    "page_view", "page_view", "search", "click", "add_to_cart", "purchase", "sign_up", "share"};
constexpr std::array<std::string_view, 6> kSections = {"garden", "kitchen", "outdoor",
                                                       "music",  "tools",   "paper"};
constexpr std::array<std::string_view, 4> kReferrers = {"mail", "search", "partner", "direct"};
constexpr std::array<std::string_view, 30> kCountries = {
    "DE", "US", "GB", "FR", "NL", "ES", "IT", "PL", "SE", "NO", "DK", "FI", "AT", "CH", "BE",
    "PT", "IE", "CZ", "CA", "MX", "BR", "AR", "JP", "KR", "IN", "AU", "NZ", "ZA", "EG", "TR"};

std::string uuid_text(Random random) {
  const std::uint64_t high = random.next();
  const std::uint64_t low = random.next();
  return fmt::format("\"{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}\"", high >> 32, (high >> 16) & 0xFFFF,
                     high & 0xFFF, 0x8000 | ((low >> 48) & 0x3FFF), low & 0xFFFF'FFFF'FFFF);
}

std::string tags_text(Random& random) {
  std::string text = "[";
  for (std::uint64_t left = random.below(7); left > 0; --left) {
    fmt::format_to(std::back_inserter(text), "{}{}", random.below(100), left > 1 ? "," : "");
  }
  return text + "]";
}

}  // namespace

Event make_event(std::uint64_t seed, std::uint64_t id) {
  Random random(seed * 0xD1342543DE82EF95u + id);
  random.next();
  const std::uint64_t user = random.skewed_below(kUsers);
  const std::string_view kind = kEvents[random.below(kEvents.size())];
  const auto late_ms = random.below(kStepMs);
  const auto session = seed ^ (user << 32) ^ (id / (kUsers * kEventsPerSession));

  Event event;
  event.key = fmt::format("user_{:05}", user);
  event.id = fmt::format("{}", id);
  event.ts = event_time(id, late_ms);
  event.session_id = uuid_text(Random(session));
  event.user = fmt::format("\"{}\"", event.key);
  event.event = fmt::format("\"{}\"", kind);
  event.url = fmt::format("\"https://shop.example/{}/p{:04}?ref={}\"",
                          kSections[random.below(kSections.size())], random.below(kProducts),
                          kReferrers[random.below(kReferrers.size())]);
  event.amount = fmt::format("{}.{:02}", random.below(500), random.below(100));
  event.mobile = random.below(5) < 3 ? "true" : "false";
  event.ip = fmt::format("\"{}.{}.{}.{}\"", 1 + random.below(223), random.below(256),
                         random.below(256), random.below(256));
  event.country = fmt::format("\"{}\"", kCountries[random.skewed_below(kCountries.size())]);
  event.tags = tags_text(random);
  return event;
}

std::string to_json(const Event& event) {
  return fmt::format(
      R"({{"id":{},"ts":{},"session_id":{},"user":{},"event":{},"url":{},"amount":{},)"
      R"("mobile":{},"ip":{},"country":{},"tags":{}}})",
      event.id, event.ts, event.session_id, event.user, event.event, event.url, event.amount,
      event.mobile, event.ip, event.country, event.tags);
}

std::span<const TableColumn> event_columns() { return kColumns; }

}  // namespace penstock::produce
