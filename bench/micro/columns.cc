// One value into one column: what a put costs for each type and kind of value, called
// through the column's own class as a planned decoder does. What the columns hold is
// compared with what they must hold before anything is timed.
//
// "put" is the CPU time of one value. A block of rows is cleared again and again,
// so no memory grows while the clock runs.

#include <benchmark/benchmark.h>
#include <fmt/chrono.h>
#include <fmt/format.h>

#include <charconv>
#include <cstdint>
#include <cstdlib>
#include <ctime>
#include <iostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/column/concrete.h"

namespace {

using namespace penstock;

constexpr std::size_t kRows = 4096;

/// SplitMix64, the same everywhere.
class Random {
 public:
  std::uint64_t below(std::uint64_t limit) { return next() % limit; }
  std::uint64_t next() {
    std::uint64_t mixed = state_ += 0x9E3779B97F4A7C15u;
    mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9u;
    mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBu;
    return mixed ^ (mixed >> 31);
  }

 private:
  std::uint64_t state_ = 1;
};

using MakeText = std::string (*)(Random&, std::size_t row);

std::string uuid(Random& random, std::size_t /*row*/) {
  const std::uint64_t high = random.next();
  const std::uint64_t low = random.next();
  return fmt::format("{:08x}-{:04x}-{:04x}-{:04x}-{:012x}", high >> 32, high >> 16 & 0xFFFF,
                     high & 0xFFFF, low >> 48, low & 0xFFFF'FFFF'FFFF);
}

/// Every 12 ms an event, so that most rows lie in the second of the row before.
std::int64_t event_ms(Random& random, std::size_t row) {
  return 1'767'323'045'678 + static_cast<std::int64_t>(row * 12 + random.below(12));
}
template <char between>
std::string time_ms(Random& random, std::size_t row) {
  const std::int64_t ms = event_ms(random, row);
  return fmt::format(
      "{:%Y-%m-%d}{}{:%H:%M:%S}.{:03}{}", fmt::gmtime(static_cast<std::time_t>(ms / 1000)), between,
      fmt::gmtime(static_cast<std::time_t>(ms / 1000)), ms % 1000, between == 'T' ? "Z" : "");
}
std::string time_with_offset(Random& random, std::size_t row) {
  std::string text = time_ms<'T'>(random, row);
  return text.replace(text.size() - 1, 1, "+01:00");
}
std::string time_seconds(Random& random, std::size_t row) {
  return fmt::format("{:%Y-%m-%d %H:%M:%S}",
                     fmt::gmtime(static_cast<std::time_t>(event_ms(random, row) / 1000)));
}
std::string time_any_day(Random& random, std::size_t /*row*/) {
  const std::uint64_t ms = random.below(2'000'000'000'000);
  return fmt::format("{:%Y-%m-%d %H:%M:%S}.{:03}", fmt::gmtime(static_cast<std::time_t>(ms / 1000)),
                     ms % 1000);
}
std::string count_ms(Random& random, std::size_t row) {
  return fmt::to_string(event_ms(random, row));
}
std::string date(Random& random, std::size_t /*row*/) {
  const auto second = static_cast<std::time_t>(random.below(20'000) * 86400);
  return fmt::format("{:%Y-%m-%d}", fmt::gmtime(second));
}
std::string ipv4(Random& random, std::size_t /*row*/) {
  return fmt::format("{}.{}.{}.{}", random.below(256), random.below(256), random.below(256),
                     random.below(256));
}
std::string ipv6(Random& random, std::size_t /*row*/) {
  return fmt::format("2001:db8:{:x}:{:x}::{:x}:{:x}", random.below(65536), random.below(65536),
                     random.below(65536), random.below(65536));
}
std::string ipv6_full(Random& random, std::size_t /*row*/) {
  std::string text = "2001";
  for (int i = 0; i < 7; ++i) text += fmt::format(":{:04x}", random.below(65536));
  return text;
}
template <int digits>
std::string whole(Random& random, std::size_t /*row*/) {
  std::uint64_t limit = 1;
  for (int i = 0; i < digits; ++i) limit *= 10;
  return fmt::to_string(random.below(limit));
}
std::string amount(Random& random, std::size_t /*row*/) {
  return fmt::format("{}.{:02}", random.below(10'000), random.below(100));
}
std::string long_real(Random& random, std::size_t /*row*/) {
  return fmt::format("{}", static_cast<double>(random.next() >> 11) * 1e-12);
}
std::string truth(Random& random, std::size_t /*row*/) {
  return random.below(5) < 3 ? "true" : "false";
}
template <int size>
std::string text(Random& random, std::size_t /*row*/) {
  std::string value(size / 2 + random.below(size), 'x');
  for (char& c : value) c = static_cast<char>('a' + random.below(26));
  return value;
}
std::string country(Random& random, std::size_t /*row*/) {
  constexpr char kCountries[] = "DEUSGBFRNLESITPLSENODKFIATCHBEPTIECZCAMXBRARJPKRINAUNZZAEGTR";
  return {kCountries + 2 * random.below(random.below(30) + 1), 2};
}
std::string event_name(Random& random, std::size_t /*row*/) {
  constexpr std::string_view kEvents[] = {"page_view", "search",  "click", "add_to_cart",
                                          "purchase",  "sign_up", "share"};
  return std::string(kEvents[random.below(7)]);
}
std::string host(Random& random, std::size_t /*row*/) {
  return fmt::format("node-{:04}.eu-central-1.example", random.below(2000));
}

enum class Kind { text, number, int_, uint_, real, bool_, null, time };

struct Case {
  const char* name;
  const char* type;
  Kind kind;
  MakeText make;
  std::uint64_t hash;  // of the column's Native bytes
};

const Case kCases[] = {
    {"uuid", "UUID", Kind::text, uuid, 10582513627255944647u},
    {"datetime64_blank", "DateTime64(3, 'UTC')", Kind::text, time_ms<' '>, 16991200687235751204u},
    {"datetime64_T_Z", "DateTime64(3, 'UTC')", Kind::text, time_ms<'T'>, 16991200687235751204u},
    {"datetime64_offset", "DateTime64(3, 'UTC')", Kind::text, time_with_offset,
     17492419670516058714u},
    {"datetime64_any_day", "DateTime64(3, 'UTC')", Kind::text, time_any_day, 15307642783103130106u},
    {"datetime64_berlin", "DateTime64(6, 'Europe/Berlin')", Kind::text, time_ms<' '>,
     17609642646776384488u},
    {"datetime64_count", "DateTime64(3)", Kind::number, count_ms, 16991200687235751204u},
    {"datetime64_time", "DateTime64(3)", Kind::time, count_ms, 16991200687235751204u},
    {"datetime_text", "DateTime", Kind::text, time_seconds, 2444042594099385718u},
    {"date_text", "Date", Kind::text, date, 20364962632681046u},
    {"date32_text", "Date32", Kind::text, date, 5848749872371402230u},
    {"ipv4", "IPv4", Kind::text, ipv4, 8272385153065571144u},
    {"ipv6", "IPv6", Kind::text, ipv6, 8355163344395120571u},
    {"ipv6_full", "IPv6", Kind::text, ipv6_full, 13909796384214818918u},
    {"bool", "Bool", Kind::bool_, truth, 3568102989847796293u},
    {"bool_text", "Bool", Kind::text, truth, 3568102989847796293u},
    {"string_8", "String", Kind::text, text<8>, 358830552102626509u},
    {"string_32", "String", Kind::text, text<32>, 3050935185092910556u},
    {"string_200", "String", Kind::text, text<200>, 9597282011458188193u},
    {"string_number", "String", Kind::number, amount, 3047143417343949339u},
    {"fixed_string", "FixedString(16)", Kind::text, text<10>, 4706601771073360962u},
    {"low_cardinality_30", "LowCardinality(String)", Kind::text, country, 216855306083813096u},
    {"low_cardinality_7", "LowCardinality(String)", Kind::text, event_name, 12115833809872831384u},
    {"low_cardinality_2000", "LowCardinality(String)", Kind::text, host, 10217663284135842429u},
    {"low_cardinality_uint", "LowCardinality(UInt16)", Kind::uint_, whole<3>,
     17568453107827071112u},
    {"low_cardinality_null", "LowCardinality(Nullable(String))", Kind::text, country,
     12414731030719195065u},
    {"enum8",
     "Enum8('page_view'=1,'search'=2,'click'=3,'add_to_cart'=4,'purchase'=5,'sign_up'=6,"
     "'share'=7)",
     Kind::text, event_name, 938700656371242078u},
    {"decimal_9_2", "Decimal(9, 2)", Kind::number, amount, 369393297907767475u},
    {"decimal_18_4", "Decimal(18, 4)", Kind::number, amount, 18396869291371771682u},
    {"decimal_38_10", "Decimal(38, 10)", Kind::number, amount, 7669636749381424610u},
    {"uint64_uint", "UInt64", Kind::uint_, whole<15>, 16790728049973115639u},
    {"uint64_number", "UInt64", Kind::number, whole<15>, 16790728049973115639u},
    {"uint32_number", "UInt32", Kind::number, whole<7>, 13491268640711815528u},
    {"int16_int", "Int16", Kind::int_, whole<4>, 15096727587532607223u},
    {"float64_real", "Float64", Kind::real, amount, 2094436970592255852u},
    {"float64_number", "Float64", Kind::number, amount, 2094436970592255852u},
    {"float64_long", "Float64", Kind::number, long_real, 5467463129766191945u},
    {"float32_number", "Float32", Kind::number, amount, 8983975110725681981u},
    {"nullable_uint", "Nullable(UInt32)", Kind::uint_, whole<7>, 5550022856032121192u},
    {"nullable_string", "Nullable(String)", Kind::text, text<8>, 15058128357037188301u},
    {"nullable_null", "Nullable(String)", Kind::null, text<8>, 18279018088956343077u},
};

/// Values side by side, as they stand in messages, in each form a put takes.
struct Values {
  std::string bytes;
  std::vector<std::string_view> texts;
  std::vector<std::int64_t> integers;
  std::vector<double> reals;
};

Values values_of(const Case& wanted) {
  Random random;
  Values values;
  std::vector<std::size_t> ends;
  for (std::size_t row = 0; row < kRows; ++row) {
    values.bytes += wanted.make(random, row);
    ends.push_back(values.bytes.size());
  }
  for (std::size_t begin = 0; const std::size_t end : ends) {
    const std::string_view value = std::string_view(values.bytes).substr(begin, end - begin);
    begin = end;
    values.texts.push_back(value);
    std::from_chars(value.begin(), value.end(), values.integers.emplace_back());
    std::from_chars(value.begin(), value.end(), values.reals.emplace_back());
  }
  return values;
}

/// Puts every value. True when the column took them all.
template <class Target>
[[gnu::noinline]] bool put_all(Target& column, Kind kind, const Values& values) {
  const auto each = [](const auto& list, auto put) {
    unsigned refused = 0;
    for (const auto& value : list) refused |= static_cast<unsigned>(put(value));
    return refused == 0;
  };
  switch (kind) {
    case Kind::text:
      return each(values.texts, [&](std::string_view v) { return column.put_text(v); });
    case Kind::number:
      return each(values.texts, [&](std::string_view v) { return column.put_number(v); });
    case Kind::int_:
      return each(values.integers, [&](std::int64_t v) { return column.put_int(v); });
    case Kind::uint_:
      return each(values.integers,
                  [&](std::int64_t v) { return column.put_uint(static_cast<std::uint64_t>(v)); });
    case Kind::real: return each(values.reals, [&](double v) { return column.put_real(v); });
    case Kind::bool_:
      return each(values.texts, [&](std::string_view v) { return column.put_bool(v[0] == 't'); });
    case Kind::null: return each(values.texts, [&](std::string_view) { return column.put_null(); });
    case Kind::time:
      return each(values.integers,
                  [&](std::int64_t v) { return column.put_time(v, TimeUnit::milliseconds); });
  }
  return false;
}

/// As put_all, through the class of the column. Not inlined: bench/check counts its instructions.
[[gnu::noinline]] bool fill(Column& column, Kind kind, const Values& values) {
  return with_concrete(column, [&](auto& target) { return put_all(target, kind, values); });
}

/// FNV-1a over the Native bytes.
std::uint64_t hash_of(const Column& column) {
  NativeOutput output;
  column.write_prefix(output);
  column.write_rows(output);
  std::uint64_t hash = 0xCBF29CE484222325u;
  for (const Bytes piece : output.pieces()) {
    for (const std::byte byte : piece) {
      hash = (hash ^ std::to_integer<std::uint64_t>(byte)) * 0x100000001B3u;
    }
  }
  return hash;
}

std::unique_ptr<Column> column_of(const char* spelling) {
  auto type = parse_type(spelling);
  if (type.ok()) {
    auto column = make_column(type.value());
    if (column.ok()) return std::move(column).value();
  }
  std::cerr << "no column of type " << spelling << "\n";
  std::exit(1);
}

/// Whether all columns hold what they must, also when filled a second time.
bool all_hold_what_they_must() {
  bool good = true;
  for (const Case& wanted : kCases) {
    const Values values = values_of(wanted);
    const auto column = column_of(wanted.type);
    for (int time = 0; time < 2; ++time) {
      column->clear();
      const bool taken = fill(*column, wanted.kind, values);
      if (taken && column->rows() == kRows && hash_of(*column) == wanted.hash) continue;
      std::cerr << wanted.name << ": " << (taken ? "hash " : "refused, hash ") << hash_of(*column)
                << "\n";
      good = false;
    }
  }
  return good;
}

void put(benchmark::State& state, const Case& wanted) {
  const Values values = values_of(wanted);
  const auto column = column_of(wanted.type);
  fill(*column, wanted.kind, values);
  for (auto _ : state) {
    column->clear();
    benchmark::DoNotOptimize(fill(*column, wanted.kind, values));
  }
  state.counters["put"] =
      benchmark::Counter(static_cast<double>(state.iterations()) * kRows,
                         benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

}  // namespace

int main(int count, char** arguments) {
  if (!all_hold_what_they_must()) return 1;
  for (const Case& wanted : kCases) {
    benchmark::RegisterBenchmark(wanted.name, put, wanted)->Unit(benchmark::kMicrosecond);
  }
  benchmark::Initialize(&count, arguments);
  benchmark::RunSpecifiedBenchmarks();
}
