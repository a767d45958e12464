#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>

#include "formats/tests/avro_encoder.h"
#include "formats/tests/mutation.h"
#include "random_avro.h"
#include "scalar_text.h"

namespace penstock::oracle {
namespace {

using avro::Kind;
using avro::Logical;
using avro::Node;

constexpr unsigned kDamagedPercent = 3;
constexpr std::size_t kMostLevels = 8;  // of values that hold themselves

constexpr std::int64_t kLongs[] = {0,
                                   1,
                                   -1,
                                   127,
                                   -128,
                                   128,
                                   255,
                                   256,
                                   32767,
                                   -32768,
                                   65535,
                                   65536,
                                   2147483647,
                                   -2147483648LL,
                                   2147483648,
                                   4294967295,
                                   4294967296,
                                   9007199254740993,
                                   std::numeric_limits<std::int64_t>::max(),
                                   std::numeric_limits<std::int64_t>::min()};
constexpr double kReals[] = {0.0,
                             -0.0,
                             1.0,
                             -1.0,
                             0.1,
                             1.5,
                             16777217.0,
                             9007199254740993.0,
                             1e10,
                             3.4028234663852886e38,
                             1e39,
                             1.7976931348623157e308,
                             5e-324,
                             1e-40,
                             std::numeric_limits<double>::infinity(),
                             -std::numeric_limits<double>::infinity(),
                             std::numeric_limits<double>::quiet_NaN()};

/// Where the values of a type lie, both ends included.
struct Range {
  std::int64_t least;
  std::int64_t most;
};

/// Of a column that is to take an int or long of no special meaning.
Range range_of(const Type& type) {
  const std::string& name = type.name;
  const bool is_signed = name.starts_with("Int");
  if (is_signed || name.starts_with("UInt")) {
    const int bits = std::min(std::stoi(name.substr(is_signed ? 3 : 4)), is_signed ? 64 : 63);
    const int free = is_signed ? bits - 1 : bits;
    const auto most = static_cast<std::int64_t>(~std::uint64_t{0} >> (64 - free));
    return {is_signed ? -most - 1 : 0, most};
  }
  if (name == "Bool") return {0, 1};
  if (name == "Date") return {0, 65535};
  if (name == "Date32") return {-719528, 2932896};
  if (name == "DateTime" || name == "IPv4") return {0, 4294967295};
  if (name == "DateTime64") return {-2208988800, 10413791999};
  if (name == "Time" || name == "Time64") return {-3599999, 3599999};
  if (name == "Float32") return {-(1 << 24), 1 << 24};
  if (name == "BFloat16") return {-(1 << 8), 1 << 8};
  if (name.starts_with("Decimal") || name.starts_with("Enum")) return {-130, 130};
  return {-(std::int64_t{1} << 53), std::int64_t{1} << 53};
}

std::int64_t ticks_per_second(Logical logical) {
  switch (logical) {
    case Logical::time_millis:
    case Logical::timestamp_millis:
    case Logical::local_timestamp_millis: return 1'000;
    case Logical::timestamp_nanos:
    case Logical::local_timestamp_nanos: return 1'000'000'000;
    default: return 1'000'000;
  }
}

class DatumWriter {
 public:
  explicit DatumWriter(Random& random) : random_(random) {}

  void value(const Node& node, const Type* type);
  std::string take() { return std::move(out_); }

 private:
  void integer(const Node& node, const Type& type);
  std::int64_t count(const Node& node, const Type& type);
  double real(const Type& type);
  std::string text(const Node& node, const Type& type);
  std::string fixed(const Node& node, const Type& type);
  std::string decimal(std::size_t size, const Type& type);
  std::string bytes(std::size_t size);
  void elements(const Node& node, const Type* type);
  void branch(const Node& node, const Type* type);
  void number(std::int64_t value) { out_ += avro::encode_long(value); }
  void sized(const std::string& text) {
    number(static_cast<std::int64_t>(text.size()));
    out_ += text;
  }
  template <class T>
  void raw(T value) {
    out_.append(reinterpret_cast<const char*>(&value), sizeof(value));
  }
  /// Somewhere in the range, often at its ends or small.
  std::int64_t within(Range range) {
    if (random_.chance(15)) return random_.chance(50) ? range.least : range.most;
    if (random_.chance(30))
      return std::clamp<std::int64_t>(random_.between(-3, 100), range.least, range.most);
    const std::uint64_t width =
        static_cast<std::uint64_t>(range.most) - static_cast<std::uint64_t>(range.least);
    const std::uint64_t above =
        width == ~std::uint64_t{0} ? random_.bits() : random_.bits() % (width + 1);
    return static_cast<std::int64_t>(static_cast<std::uint64_t>(range.least) + above);
  }

  Random& random_;
  std::string out_;
  std::size_t depth_ = 0;
};

std::int64_t DatumWriter::count(const Node& node, const Type& type) {
  if (random_.chance(3)) return random_.pick(kLongs);
  switch (node.logical) {
    case Logical::none: return within(range_of(type));
    case Logical::date: return within(range_of({.name = type.is("Date32") ? "Date32" : "Date"}));
    case Logical::time_millis:
    case Logical::time_micros: return within({0, 86'400 * ticks_per_second(node.logical) - 1});
    default: break;
  }
  const std::int64_t ticks = ticks_per_second(node.logical);
  Range seconds = range_of({.name = type.is("DateTime") ? "DateTime" : "DateTime64"});
  const std::int64_t most = std::numeric_limits<std::int64_t>::max() / ticks - 1;
  seconds = {std::max(seconds.least, -most), std::min(seconds.most, most)};
  return within(seconds) * ticks + (random_.chance(50) ? random_.between(0, ticks - 1) : 0);
}

void DatumWriter::integer(const Node& node, const Type& type) {
  const std::int64_t value = count(node, type);
  number(node.kind == Kind::int32 ? static_cast<std::int32_t>(value) : value);
}

double DatumWriter::real(const Type& type) {
  const std::string& name = type.name;
  const bool is_whole = !name.starts_with("Float") && !name.starts_with("BFloat");
  if (random_.chance(is_whole ? 5 : 20)) return random_.pick(kReals);
  if (is_whole) return static_cast<double>(within(range_of(type)));
  if (random_.chance(30)) return std::bit_cast<double>(random_.bits());
  return static_cast<double>(random_.between(-1'000'000, 1'000'000)) / 1000.0;
}

std::string DatumWriter::bytes(std::size_t size) {
  std::string drawn;
  const bool is_text = random_.chance(60);
  while (drawn.size() < size) {
    drawn += static_cast<char>(is_text ? 'a' + random_.below(26) : random_.below(256));
  }
  return drawn;
}

/// Two's complement, the highest byte first; mostly of no more digits than the column has.
std::string DatumWriter::decimal(std::size_t size, const Type& type) {
  const bool is_decimal = type.name.starts_with("Decimal") && !type.literals.empty();
  const double digits = is_decimal ? std::stod(type.literals[0]) : 18;
  const auto most = static_cast<std::size_t>(digits * 3.3219 / 8);
  const std::size_t used = random_.below(most + 1) + (random_.chance(10) ? 1 : 0);
  std::string number;
  while (number.size() < used) number += static_cast<char>(random_.below(256));
  const char filler = !number.empty() && (number.front() & 0x80) != 0 ? '\xFF' : '\0';
  const std::size_t wanted = size != 0 ? size : number.size() + (random_.chance(30) ? 1 : 0);
  if (wanted < number.size()) return number.substr(0, wanted);
  return std::string(wanted - number.size(), filler) + number;
}

std::string DatumWriter::text(const Node& node, const Type& type) {
  if (node.logical == Logical::decimal) {
    return random_.chance(1) ? std::string() : decimal(0, type);
  }
  if (node.logical == Logical::uuid) return random_scalar_text({.name = "UUID"}, random_);
  if (node.kind == Kind::bytes && random_.chance(30)) return bytes(random_.below(20));
  return random_scalar_text(type, random_);
}

std::string DatumWriter::fixed(const Node& node, const Type& type) {
  if (node.logical == Logical::decimal) return decimal(node.size, type);
  if (node.logical == Logical::duration && random_.chance(50)) {
    return {"\2\0\0\0\3\0\0\0\4\5\0\0", node.size};
  }
  std::string drawn = node.logical == Logical::none && random_.chance(50)
                          ? random_scalar_text(type, random_)
                          : bytes(node.size);
  drawn.resize(node.size, '\0');
  return drawn;
}

void DatumWriter::elements(const Node& node, const Type* type) {
  const bool is_map = node.kind == Kind::map;
  static const Type kText{.name = "String"};
  const Type* const keys = key_type(type);
  for (std::size_t blocks = random_.chance(15)   ? 2
                            : random_.chance(80) ? 1
                                                 : 0;
       blocks > 0; --blocks) {
    const std::size_t size = 1 + random_.below(random_.chance(2) ? 100 : 3);
    const std::string before = std::exchange(out_, {});
    for (std::size_t left = size; left > 0; --left) {
      if (is_map) sized(random_scalar_text(keys == nullptr ? kText : bare(*keys), random_));
      value(*node.inner.front(), is_map ? value_type(type) : element_type(type));
    }
    const std::string inside = std::exchange(out_, before);
    const bool says_bytes = random_.chance(20);
    number(static_cast<std::int64_t>(says_bytes ? -size : size));
    if (says_bytes) number(static_cast<std::int64_t>(inside.size()));
    out_ += inside;
  }
  number(0);
}

void DatumWriter::branch(const Node& node, const Type* type) {
  std::size_t branch = random_.below(node.inner.size());
  const int null_branch = node.null_branch();
  if (null_branch >= 0 && (depth_ > kMostLevels || random_.chance(10))) {
    branch = static_cast<std::size_t>(null_branch);
  }
  number(static_cast<std::int64_t>(branch));
  value(*node.inner[branch], type);
}

void DatumWriter::value(const Node& node, const Type* type) {
  static const Type kText{.name = "String"};
  const Type& inside = type == nullptr ? kText : bare(*type);
  ++depth_;
  switch (node.kind) {
    case Kind::null: break;
    case Kind::boolean: out_ += random_.chance(50) ? '\1' : '\0'; break;
    case Kind::int32:
    case Kind::int64: integer(node, inside); break;
    case Kind::float32: raw(static_cast<float>(real(inside))); break;
    case Kind::float64: raw(real(inside)); break;
    case Kind::bytes:
    case Kind::string: sized(text(node, inside)); break;
    case Kind::fixed: out_ += fixed(node, inside); break;
    case Kind::enumeration:
      number(static_cast<std::int64_t>(random_.below(node.symbols.size())));
      break;
    case Kind::record:
      for (std::size_t index = 0; index < node.fields.size(); ++index) {
        value(*node.fields[index].type, part_type(type, node, index));
      }
      break;
    case Kind::array:
    case Kind::map: elements(node, type); break;
    case Kind::choice: branch(node, type); break;
  }
  --depth_;
}

}  // namespace

std::string random_avro_datum(const Node& root, const std::vector<WantedField>& wanted,
                              Random& random) {
  DatumWriter writer(random);
  for (const avro::Field& field : root.fields) {
    const auto found = std::ranges::find_if(
        wanted, [&](const WantedField& one) { return field.is_called(one.name); });
    writer.value(*field.type, found == wanted.end() ? nullptr : &found->type);
  }
  std::string datum = writer.take();
  return random.chance(kDamagedPercent) ? mutate({datum}, random.source()) : datum;
}

}  // namespace penstock::oracle
