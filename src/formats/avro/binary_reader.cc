#include "formats/avro/binary_reader.h"

#include <type_traits>

#include "formats/avro/logical_text.h"
#include "formats/unscaled.h"
#include "model/column/concrete.h"
#include "model/column/time_text.h"

namespace penstock::avro {
namespace {

const char* read_size(const ValueReader& self, Message& message, const char* at,
                      std::string_view& bytes) {
  return self.node().kind == Kind::fixed ? read_bytes(message, at, self.node().size, bytes)
                                         : read_text(message, at, bytes);
}

const char* read_binary(const ValueReader& self, Message& message, const char* at,
                        ColumnWriter& into) {
  std::string_view bytes;
  at = read_size(self, message, at, bytes);
  if (at == nullptr) return nullptr;
  if (bytes.size() > message.max_text_bytes) return message.long_text(bytes.size());
  const Fit fit = into.put_bytes(bytes);
  return fit == Fit::ok ? at : message.refused_text(fit, bytes);
}

const char* read_uuid(const ValueReader& /*self*/, Message& message, const char* at,
                      ColumnWriter& into) {
  std::string_view bytes;
  at = read_bytes(message, at, 16, bytes);
  if (at == nullptr) return nullptr;
  const auto text = uuid_text(bytes);
  const std::string_view spelt(text.data(), text.size());
  const Fit fit = into.put_text(spelt);
  return fit == Fit::ok ? at : message.refused_text(fit, spelt);
}

const char* read_duration(const ValueReader& /*self*/, Message& message, const char* at,
                          ColumnWriter& into) {
  std::string_view bytes;
  at = read_bytes(message, at, 12, bytes);
  if (at == nullptr) return nullptr;
  const std::string text = duration_text(bytes);
  const Fit fit = into.put_text(text);
  return fit == Fit::ok ? at : message.refused_text(fit, text);
}

const char* read_decimal(const ValueReader& self, Message& message, const char* at,
                         ColumnWriter& into) {
  const int scale = self.node().scale;
  Unscaled number;
  at = read_size(self, message, at, number.bytes);
  if (at == nullptr) return nullptr;
  if (number.bytes.size() > kMostDecimalBytes) return message.too_large(at, kLongDecimal);
  const Fit fit = number.put(scale, into);
  return fit == Fit::ok ? at : message.refused(fit, number.spell(scale));
}

/// Counts of days, of a time of day, of a moment.
using Put = Fit (*)(ColumnWriter& into, std::int64_t count, TimeUnit unit);

Fit put_day(ColumnWriter& into, std::int64_t count, TimeUnit /*unit*/) {
  return into.put_day(count);
}

Fit put_duration(ColumnWriter& into, std::int64_t count, TimeUnit unit) {
  return into.put_duration(count, unit);
}

template <class C>
Fit put_time(ColumnWriter& into, std::int64_t count, TimeUnit unit) {
  return static_cast<C&>(into).put_time(count, unit);
}

/// What a clock on the wall showed: the column's zone decides which moment that was.
Fit put_local_time(ColumnWriter& into, std::int64_t count, TimeUnit unit) {
  TimeBuffer buffer;
  const std::string_view text = format_time(count, unit, buffer);
  return text.empty() ? into.put_time(count, unit) : into.put_text(text);
}

template <Put put, Logical logical>
const char* read_count(const ValueReader& /*self*/, Message& message, const char* at,
                       ColumnWriter& into) {
  constexpr bool kIsInt = logical == Logical::date || logical == Logical::time_millis;
  std::int64_t count = 0;
  at = kIsInt ? read_int(message, at, count) : read_long(message, at, count);
  if (at == nullptr) return nullptr;
  const Fit fit = put(into, count, unit_of(logical));
  return fit == Fit::ok ? at : message.refused(fit, count);
}

template <class C>
constexpr bool kHasZone = std::is_same_v<C, DateTimeColumn<std::uint32_t>> ||
                          std::is_same_v<C, DateTimeColumn<std::int64_t>>;

template <class C>
ValueReader::Read moment_reader(Logical logical) {
  // The class matters where it has a clock; others are asked through the base.
  using Asked = std::conditional_t<kHasZone<C>, C, ColumnWriter>;
  constexpr Put kPutLocal = kHasZone<C> ? put_local_time : put_time<Asked>;
  switch (logical) {
    case Logical::timestamp_millis: return read_count<put_time<Asked>, Logical::timestamp_millis>;
    case Logical::timestamp_micros: return read_count<put_time<Asked>, Logical::timestamp_micros>;
    case Logical::timestamp_nanos: return read_count<put_time<Asked>, Logical::timestamp_nanos>;
    case Logical::local_timestamp_millis:
      return read_count<kPutLocal, Logical::local_timestamp_millis>;
    case Logical::local_timestamp_micros:
      return read_count<kPutLocal, Logical::local_timestamp_micros>;
    case Logical::local_timestamp_nanos:
      return read_count<kPutLocal, Logical::local_timestamp_nanos>;
    default: return nullptr;
  }
}

}  // namespace

ValueReader::Read binary_reader(const Node& node, ColumnWriter& sample) {
  const bool is_binary = node.kind == Kind::bytes || node.kind == Kind::fixed;
  switch (node.logical) {
    case Logical::none: return is_binary ? read_binary : nullptr;
    case Logical::decimal: return read_decimal;
    case Logical::uuid: return is_binary ? read_uuid : nullptr;
    case Logical::duration: return read_duration;
    case Logical::date: return read_count<put_day, Logical::date>;
    case Logical::time_millis: return read_count<put_duration, Logical::time_millis>;
    case Logical::time_micros: return read_count<put_duration, Logical::time_micros>;
    default: break;
  }
  return with_concrete(sample, [&](auto& column) {
    return moment_reader<std::remove_reference_t<decltype(column)>>(node.logical);
  });
}

}  // namespace penstock::avro
