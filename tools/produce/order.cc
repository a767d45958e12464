#include "produce/order.h"

#include <fmt/format.h>

#include <array>
#include <iterator>
#include <string_view>

#include "produce/event_time.h"
#include "produce/random.h"

namespace penstock::produce {
namespace {

constexpr std::uint64_t kCustomers = 40'000;

constexpr std::array<TableColumn, 14> kColumns = {{
    {"id", "UInt64"},
    {"ts", "DateTime64(3, 'UTC')"},
    {"status", "LowCardinality(String)"},
    {"channel", "LowCardinality(String)"},
    {"currency", "LowCardinality(String)"},
    {"customer", "String"},
    {"total", "Decimal(12, 2)"},
    {"coupon", "Nullable(String)"},
    {"address", "String"},
    {"note", "String"},
    {"agent", "String"},
    {"device",
     "Tuple(name String, os Tuple(name String, version String), "
     "screen Tuple(width UInt16, height UInt16))"},
    {"attributes", "Map(String, String)"},
    {"readings", "Array(Float64)"},
}};

constexpr std::array<std::string_view, 6> kStatuses = {"placed",     "paid",      "packed",
                                                       "on_the_way", "delivered", "returned"};
constexpr std::array<std::string_view, 4> kChannels = {"app", "web", "phone", "partner"};
constexpr std::array<std::string_view, 5> kCurrencies = {"EUR", "EUR", "USD", "GBP", "SEK"};
constexpr std::array<std::string_view, 6> kStreets = {
    "Lindenstraße", "Harbour Road", "Rue des Tanneurs", "Via Garibaldi", "Kungsgatan", "Mill Lane"};
constexpr std::array<std::string_view, 6> kCities = {"Hamburg", "Bristol", "Lyon",
                                                     "Torino",  "Uppsala", "Leeds"};
constexpr std::array<std::string_view, 8> kSentences = {
    "Please ring twice, the bell is hard to hear from the garden.",
    "Leave the box with the neighbours on the ground floor if nobody opens.",
    "The \\\"blue\\\" door is around the corner, next to the bicycle stand.",
    "Cold goods first: the freezer is full until Thursday evening.",
    "Call before you come, the gate is closed between noon and two.",
    "This is a present, so no invoice in the parcel.",
    "Glass bottles inside, last time one of them was broken.",
    "No substitutes for the rye bread, leave it out when it is sold out."};

struct Machine {
  std::string_view name, os, version;
  unsigned width, height;
};
constexpr std::array<Machine, 5> kMachines = {{{"Northwind N7", "Android", "14.0.2", 1080, 2400},
                                               {"Alder Tablet 11", "Android", "13.1", 1600, 2560},
                                               {"Fjord Phone mini", "iOS", "17.5.1", 1125, 2436},
                                               {"ThinDesk 400", "Windows", "11", 1920, 1080},
                                               {"Copper Book 14", "Linux", "6.9.3", 2880, 1800}}};

// Every number is drawn in a statement of its own: the order in which a call's arguments are
// evaluated differs between compilers.

template <class Choices>
const auto& one_of(const Choices& choices, Random& random) {
  return choices[random.below(choices.size())];
}

void add_note(std::string& json, int sentences, Random& random) {
  json += R"("note":")";
  auto sentence = random.below(kSentences.size());
  for (int left = sentences; left > 0; --left) {
    json.append(kSentences[sentence]).append(left > 1 ? " " : R"(",)");
    sentence = (sentence + 1 + random.below(2)) % kSentences.size();
  }
}

void add_device(std::string& json, Random& random) {
  const Machine& machine = one_of(kMachines, random);
  const auto major = 3 + random.below(4);
  const auto minor = random.below(30);
  const auto patch = random.below(10);
  fmt::format_to(
      std::back_inserter(json),
      R"("agent":"ShopClient/{}.{}.{} ({}; {} {}; {}x{}) (layout; fast) WebView/537.36",)", major,
      minor, patch, machine.name, machine.os, machine.version, machine.width, machine.height);
  fmt::format_to(std::back_inserter(json),
                 R"("device":{{"name":"{}","os":{{"name":"{}","version":"{}"}},)"
                 R"("screen":{{"width":{},"height":{}}}}},)",
                 machine.name, machine.os, machine.version, machine.width, machine.height);
}

void add_attributes(std::string& json, Random& random) {
  const auto warehouse = random.below(24);
  const bool own_fleet = random.below(3) == 0;
  const auto route = random.below(4'000);
  const auto stop = random.below(60);
  const auto crate = random.next() >> 16;
  const auto campaign = random.below(400);
  const bool newsletter = random.below(2) == 0;
  const auto items = 1 + random.skewed_below(60);
  const bool experiment = random.below(2) == 0;
  fmt::format_to(
      std::back_inserter(json),
      R"("attributes":{{"warehouse":"wh-{:02}","carrier":"{}","route":"R{:04}-{:02}",)"
      R"("crate":"{:012x}","campaign":"spring-{:03}","referrer":"{}","basket_items":"{}",)"
      R"("experiment":"{}"}},)",
      warehouse, own_fleet ? "own fleet" : "parcel post", route, stop, crate, campaign,
      newsletter ? "newsletter/weekly" : "search", items, experiment ? "checkout-b" : "control");
}

void add_sale(std::string& json, std::string_view customer, Random& random) {
  const auto status = one_of(kStatuses, random);
  const auto channel = one_of(kChannels, random);
  const auto currency = one_of(kCurrencies, random);
  const auto whole = 5 + random.skewed_below(40'000);
  const auto cents = random.below(100);
  const bool reduced = random.below(4) == 0;
  const auto coupon = random.below(1 << 24);
  fmt::format_to(std::back_inserter(json),
                 R"("status":"{}","channel":"{}","currency":"{}","customer":"{}",)"
                 R"("total":{}.{:02},"coupon":{},)",
                 status, channel, currency, customer, whole, cents,
                 reduced ? fmt::format("\"SAVE-{:06X}\"", coupon) : "null");
}

void add_address(std::string& json, Random& random) {
  const auto street = one_of(kStreets, random);
  const auto number = 1 + random.below(180);
  const auto code = 10'000 + random.below(89'000);
  const auto city = one_of(kCities, random);
  fmt::format_to(std::back_inserter(json), R"("address":"{} {}, {} {}",)", street, number, code,
                 city);
}

/// Temperatures between 2 and 6 degrees, with all the digits a sensor's driver prints: 15 to 17.
/// Every one is a sum without rounding, so that all machines print the same.
void add_readings(std::string& json, int count, Random& random) {
  json += R"("readings":[)";
  for (int left = count; left > 0; --left) {
    const double above = static_cast<double>(random.next() >> 12) * 0x1p-50;
    fmt::format_to(std::back_inserter(json), "{}{}", 2.0 + above, left > 1 ? "," : "]");
  }
}

}  // namespace

Order make_order(std::uint64_t seed, std::uint64_t id, OrderSize size) {
  Random random(seed * 0xD1342543DE82EF95u + id);
  random.next();
  Order order;
  order.key = fmt::format("customer_{:05}", random.skewed_below(kCustomers));
  const std::string time = event_time(id, random.below(kStepMs));
  order.json = fmt::format(R"({{"id":{},"ts":{},)", id, time);
  add_sale(order.json, order.key, random);
  add_address(order.json, random);
  add_note(order.json, size.sentences, random);
  add_device(order.json, random);
  add_attributes(order.json, random);
  add_readings(order.json, size.readings, random);
  order.json += "}";
  return order;
}

std::span<const TableColumn> order_columns() { return kColumns; }

}  // namespace penstock::produce
