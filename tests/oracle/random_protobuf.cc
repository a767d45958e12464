#include "random_protobuf.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>
#include <limits>
#include <vector>

#include "formats/tests/mutation.h"
#include "scalar_text.h"

namespace penstock::oracle {
namespace {

namespace pb = google::protobuf;
using Field = pb::FieldDescriptor;

constexpr unsigned kBrokenPercent = 3;
constexpr std::uint32_t kUnknownField = 77'777;

enum Wire : std::uint32_t { kVarint, kFixed64, kBytes, kGroupBegins, kGroupEnds, kFixed32 };

void put_varint(std::string& out, std::uint64_t value) {
  for (; value >= 0x80; value >>= 7) out += static_cast<char>(value | 0x80);
  out += static_cast<char>(value);
}

void put_tag(std::string& out, std::uint32_t number, Wire wire) {
  put_varint(out, std::uint64_t{number} << 3 | wire);
}

void put_bytes(std::string& out, std::string_view bytes) {
  put_varint(out, bytes.size());
  out += bytes;
}

template <class T>
void put_fixed(std::string& out, T value) {
  for (std::size_t byte = 0; byte < sizeof(T); ++byte) {
    out += static_cast<char>(value >> (8 * byte));
  }
}

template <class T>
std::uint64_t zigzag(T value) {
  using U = std::make_unsigned_t<T>;
  return static_cast<U>(static_cast<U>(value) << 1 ^ static_cast<U>(value < 0 ? -1 : 0));
}

Wire wire_of(const Field& field) {
  switch (field.type()) {
    case Field::TYPE_DOUBLE:
    case Field::TYPE_FIXED64:
    case Field::TYPE_SFIXED64: return kFixed64;
    case Field::TYPE_FLOAT:
    case Field::TYPE_FIXED32:
    case Field::TYPE_SFIXED32: return kFixed32;
    case Field::TYPE_STRING:
    case Field::TYPE_BYTES:
    case Field::TYPE_MESSAGE: return kBytes;
    case Field::TYPE_GROUP: return kGroupBegins;
    default: return kVarint;
  }
}

const Type* without_wrapping(const Type* type) {
  while (type != nullptr && (type->is("Nullable") || type->is("LowCardinality") ||
                             type->is("SimpleAggregateFunction"))) {
    type = &type->arguments.back();
  }
  return type;
}

/// Of the elements of a list of such values.
const Type* element_type(const Type* type) {
  return type != nullptr && type->is("Array") ? &type->arguments.front() : type;
}

/// What the field of a message is for, when the message is for such a value.
const Type* type_of_field(const Field& field, const Type* type) {
  type = without_wrapping(type);
  if (type == nullptr || type->arguments.empty()) return type;
  if (type->is("Map")) {
    return field.containing_type()->map_key() != nullptr ? &type->arguments.at(field.index())
                                                         : type;
  }
  if (type->is("Array")) return type;
  for (std::size_t index = 0; index < type->names.size(); ++index) {
    if (type->names[index] == field.name()) return &type->arguments[index];
  }
  const auto index = static_cast<std::size_t>(field.index());
  return type->names.empty() && index < type->arguments.size() ? &type->arguments[index] : nullptr;
}

class Writer {
 public:
  explicit Writer(Random& random) : random_(random) {}

  std::string message(const pb::Descriptor& type, const Type* target, int depth = 0);

 private:
  void put_field(std::vector<std::string>& parts, const Field& field, const Type* target,
                 int depth);
  void put_list(std::vector<std::string>& parts, const Field& field, const Type* target, int depth);
  std::string single(const Field& field, const Type* target, int depth);
  /// Without its tag.
  std::string value(const Field& field, const Type* target, int depth);
  std::string unknown();

  std::int64_t integer(const Type* target);
  double real(const Type* target);
  std::string text(const Field& field, const Type* target);

  Random& random_;
  int oneof_ = 0;  // which member oneofs mostly have
};

std::int64_t Writer::integer(const Type* target) {
  constexpr std::int64_t kEdges[] = {0,
                                     1,
                                     -1,
                                     127,
                                     128,
                                     -128,
                                     -129,
                                     255,
                                     256,
                                     32767,
                                     32768,
                                     65535,
                                     65536,
                                     120530,
                                     2147483647,
                                     2147483648,
                                     -2147483648,
                                     -2147483649,
                                     4294967295,
                                     4294967296,
                                     1704457896,
                                     1704457896789,
                                     1704457896789012,
                                     1704457896789012345,
                                     9007199254740993,
                                     std::numeric_limits<std::int64_t>::max(),
                                     std::numeric_limits<std::int64_t>::min()};
  if (random_.chance(15)) return random_.pick(kEdges);
  if (target == nullptr || random_.chance(10)) return random_.between(-100, 100);
  if (target->name.starts_with("DateTime")) return random_.between(0, 4'294'967'295);
  if (target->name.starts_with("Date")) return random_.between(0, 65'535);
  if (target->is("IPv4")) return random_.between(0, 4'294'967'295);
  if (target->is("Bool")) return random_.between(0, 1);
  const std::string spelled = random_scalar_text(*target, random_);
  std::int64_t number = 0;
  const char* const end = spelled.data() + spelled.size();
  if (std::from_chars(spelled.data(), end, number).ptr == end) return number;
  std::uint64_t large = 0;
  if (std::from_chars(spelled.data(), end, large).ptr == end) {
    return static_cast<std::int64_t>(large);
  }
  return random_.between(0, 100);
}

double Writer::real(const Type* target) {
  constexpr double kEdges[] = {0.0,
                               -0.0,
                               0.1,
                               -1.5,
                               16777217,
                               9007199254740992.0,
                               3.4028235e38,
                               3.4028236e38,
                               1.7976931348623157e308,
                               5e-324,
                               1e-7,
                               1e20,
                               std::numeric_limits<double>::quiet_NaN(),
                               std::numeric_limits<double>::infinity(),
                               -std::numeric_limits<double>::infinity()};
  if (random_.chance(20)) return random_.pick(kEdges);
  const bool whole = target != nullptr && !target->name.starts_with("Float");
  if (whole && random_.chance(80)) return static_cast<double>(random_.between(-200, 200));
  if (random_.chance(20)) return std::bit_cast<double>(random_.bits());
  return static_cast<double>(random_.between(-1'000'000, 1'000'000)) / 1000;
}

std::string Writer::text(const Field& field, const Type* target) {
  const bool raw = field.type() == Field::TYPE_BYTES;
  if (raw && random_.chance(25)) {
    constexpr std::size_t kLengths[] = {0, 1, 3, 4, 8, 16, 20};
    std::string bytes(random_.pick(kLengths), '\0');
    for (char& byte : bytes) byte = static_cast<char>(random_.bits());
    return bytes;
  }
  if (target == nullptr || !target->arguments.empty() || random_.chance(2)) {
    return random_text(random_, 12);
  }
  return random_scalar_text(*target, random_);
}

std::string Writer::value(const Field& field, const Type* target, int depth) {
  std::string out;
  const Type* const scalar = without_wrapping(target);
  const bool zero = random_.chance(6);
  const auto whole = [&] { return zero ? 0 : integer(scalar); };
  const auto broken = [&] { return zero ? 0 : real(scalar); };
  switch (field.type()) {
    case Field::TYPE_INT32:
      put_varint(out, static_cast<std::uint64_t>(std::int64_t{static_cast<std::int32_t>(whole())}));
      break;
    case Field::TYPE_INT64:
    case Field::TYPE_UINT64: put_varint(out, static_cast<std::uint64_t>(whole())); break;
    case Field::TYPE_UINT32: put_varint(out, static_cast<std::uint32_t>(whole())); break;
    case Field::TYPE_SINT32: put_varint(out, zigzag(static_cast<std::int32_t>(whole()))); break;
    case Field::TYPE_SINT64: put_varint(out, zigzag(whole())); break;
    case Field::TYPE_FIXED32:
    case Field::TYPE_SFIXED32: put_fixed(out, static_cast<std::uint32_t>(whole())); break;
    case Field::TYPE_FIXED64:
    case Field::TYPE_SFIXED64: put_fixed(out, static_cast<std::uint64_t>(whole())); break;
    case Field::TYPE_FLOAT:
      put_fixed(out, std::bit_cast<std::uint32_t>(static_cast<float>(broken())));
      break;
    case Field::TYPE_DOUBLE: put_fixed(out, std::bit_cast<std::uint64_t>(broken())); break;
    case Field::TYPE_BOOL:
      put_varint(out, random_.chance(98) ? random_.below(2) : random_.bits());
      break;
    case Field::TYPE_ENUM: {
      const auto entry = static_cast<int>(
          random_.below(static_cast<std::size_t>(field.enum_type()->value_count())));
      const std::int64_t number =
          random_.chance(92) ? field.enum_type()->value(entry)->number() : whole();
      put_varint(out, static_cast<std::uint64_t>(std::int64_t{static_cast<std::int32_t>(number)}));
      break;
    }
    case Field::TYPE_STRING:
    case Field::TYPE_BYTES: put_bytes(out, zero ? "" : text(field, scalar)); break;
    case Field::TYPE_MESSAGE:
      put_bytes(out, zero ? "" : message(*field.message_type(), target, depth + 1));
      break;
    case Field::TYPE_GROUP:
      out = message(*field.message_type(), target, depth + 1);
      put_tag(out, static_cast<std::uint32_t>(field.number()), kGroupEnds);
      break;
  }
  return out;
}

std::string Writer::single(const Field& field, const Type* target, int depth) {
  const Wire wire = wire_of(field);
  std::string out;
  const auto number = static_cast<std::uint32_t>(field.number());
  if (wire == kBytes && field.message_type() != nullptr && random_.chance(1)) {
    put_tag(out, number, kGroupBegins);
    out += message(*field.message_type(), target, depth + 1);
    put_tag(out, number, kGroupEnds);
    return out;
  }
  const bool other = random_.below(400) == 0;  // which the value's bytes do not fit
  put_tag(out, number, other && wire != kGroupBegins ? static_cast<Wire>(random_.below(3)) : wire);
  return out + value(field, target, depth);
}

void Writer::put_list(std::vector<std::string>& parts, const Field& field, const Type* target,
                      int depth) {
  const std::size_t most = depth > 3 ? 1 : 4;
  const bool packs = field.is_packable() && field.is_packed() == random_.chance(90);
  for (std::size_t rounds = random_.chance(4) ? 2 : 1; rounds > 0; --rounds) {
    std::string packed;
    for (std::size_t left = random_.below(most); left > 0; --left) {
      if (packs) {
        packed += value(field, target, depth);
      } else {
        parts.push_back(single(field, target, depth));
      }
    }
    if (!packs || (packed.empty() && random_.chance(80))) continue;
    std::string part;
    put_tag(part, static_cast<std::uint32_t>(field.number()), kBytes);
    put_bytes(part, packed);
    parts.push_back(std::move(part));
  }
}

void Writer::put_field(std::vector<std::string>& parts, const Field& field, const Type* target,
                       int depth) {
  const Type* const inner = type_of_field(field, target);
  if (field.is_repeated()) {
    return put_list(parts, field, field.is_map() ? inner : element_type(without_wrapping(inner)),
                    depth);
  }
  const auto* const oneof = field.real_containing_oneof();
  const bool chosen = oneof == nullptr || field.index() == oneof->field(0)->index() + oneof_;
  if (random_.chance(chosen ? 10 : 97)) return;
  for (unsigned times = random_.chance(2) ? 2 : 1; times > 0; --times) {
    parts.push_back(single(field, inner, depth));
  }
}

std::string Writer::unknown() {
  std::string out;
  if (random_.chance(60)) {
    put_tag(out, kUnknownField, kBytes);
    put_bytes(out, random_text(random_, 8));
  } else if (random_.chance(50)) {
    put_tag(out, kUnknownField, kVarint);
    put_varint(out, random_.bits());
  } else {
    put_tag(out, kUnknownField, kGroupBegins);
    put_tag(out, 1, kVarint);
    put_varint(out, random_.below(1000));
    put_tag(out, kUnknownField, kGroupEnds);
  }
  return out;
}

std::string Writer::message(const pb::Descriptor& type, const Type* target, int depth) {
  oneof_ = random_.chance(70) ? 0 : 1;
  std::vector<std::string> parts;
  for (int index = 0; index < type.field_count(); ++index) {
    put_field(parts, *type.field(index), target, depth);
  }
  if (random_.chance(3)) parts.push_back(unknown());
  if (random_.chance(15)) std::ranges::reverse(parts);
  std::string out;
  for (const std::string& part : parts) out += part;
  return out;
}

}  // namespace

std::string random_protobuf_message(const pb::Descriptor& message, const Type& row,
                                    Random& random) {
  const std::string whole = Writer(random).message(message, &row);
  if (!random.chance(kBrokenPercent)) return whole;
  const std::string broken = mutate({whole}, random.source());
  // Frames are not this test's; no message begins with their bytes.
  const bool has_frame = !broken.empty() && static_cast<unsigned char>(broken[0]) < 8;
  return has_frame ? whole : broken;
}

}  // namespace penstock::oracle
