#include "formats/protobuf/scalar_put.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <type_traits>

#include "formats/meant_real.h"
#include "formats/protobuf/number.h"
#include "model/column/concrete.h"
#include "model/column/real_text.h"

namespace penstock::protobuf {
namespace {

constexpr std::size_t kNumberBytes = 32;

std::string spell_real(double number) {
  RealBuffer buffer;
  return std::string(real_text(number, buffer));
}

/// As spell(), of an enum's entry both name and number: a column may know either.
std::string describe(const FieldType& field, const WireValue& value) {
  std::string text = spell(field, value);
  if (field.kind != FieldKind::enumeration) return text;
  const std::string number = fmt::format("{}", number_of<FieldKind::enumeration>(value.number));
  return text == number ? text : fmt::format("{} ({})", text, number);
}

Fit note(ValueWriter& self, const WireValue& value, Fit fit) {
  if (fit == Fit::ok) [[likely]]
    return fit;
  return self.reading().refuse(fit, describe(self.field(), value));
}

template <class C>
Fit put_number(C& into, std::int64_t number) {
  return into.put_int(number);
}
template <class C>
Fit put_number(C& into, std::uint64_t number) {
  return into.put_uint(number);
}
template <class C>
Fit put_number(C& into, bool number) {
  return into.put_bool(number);
}
template <class C>
Fit put_number(C& into, float number) {
  return into.put_real(number);
}
template <class C>
Fit put_number(C& into, double number) {
  return into.put_real(number);
}

template <FieldKind kind, class C>
Fit put_scalar(ValueWriter& self, const WireValue& value, ColumnWriter& column) {
  auto& into = static_cast<C&>(column);
  if constexpr (kind == FieldKind::text || kind == FieldKind::bytes) {
    const std::size_t bytes = value.bytes().size();
    if (bytes > self.reading().max_string_bytes && !self.field().is_map_key) [[unlikely]] {
      return self.reading().trouble.call_long_text(bytes);
    }
  }
  if constexpr (kind == FieldKind::text) {
    return note(self, value, into.put_text(value.bytes()));
  } else if constexpr (kind == FieldKind::bytes) {
    return note(self, value, into.put_bytes(value.bytes()));
  } else {
    return note(self, value, put_number(into, number_of<kind>(value.number)));
  }
}

/// A float as text is not the double it is in between.
template <class C>
Fit put_meant_real(ValueWriter& self, const WireValue& value, ColumnWriter& column) {
  const float number = number_of<FieldKind::real32>(value.number);
  return note(self, value, static_cast<C&>(column).put_real(as_meant(number)));
}

/// By the shortest digits that tell the real from others of its width: 0.1 is a tenth in Decimal.
template <FieldKind kind>
Fit put_digits(ValueWriter& self, const WireValue& value, ColumnWriter& into) {
  char buffer[kNumberBytes];
  const auto number = number_of<kind>(value.number);
  const char* const end = std::to_chars(buffer, buffer + sizeof(buffer), number).ptr;
  return note(self, value, into.put_number({buffer, end}));
}

Fit put_truth_as_number(ValueWriter& self, const WireValue& value, ColumnWriter& into) {
  return note(self, value, into.put_int(value.number != 0 ? 1 : 0));
}

/// For columns that take text and nothing else.
Fit put_spelled(ValueWriter& self, const WireValue& value, ColumnWriter& into) {
  return note(self, value, into.put_text(spell(self.field(), value)));
}

template <class C>
Fit put_entry(ValueWriter& self, const WireValue& value, ColumnWriter& column) {
  auto& into = static_cast<C&>(column);
  const auto number = number_of<FieldKind::enumeration>(value.number);
  const auto name = self.field().enumeration->name_of(static_cast<std::int32_t>(number));
  return note(self, value, name.empty() ? into.put_int(number) : into.put_text(name));
}

/// The numbers of an Enum are its own: only a name tells which entry is meant.
template <class C>
Fit put_named_entry(ValueWriter& self, const WireValue& value, ColumnWriter& column) {
  const auto number = number_of<FieldKind::enumeration>(value.number);
  const auto name = self.field().enumeration->name_of(static_cast<std::int32_t>(number));
  return note(self, value, name.empty() ? Fit::unreadable : static_cast<C&>(column).put_text(name));
}

/// Forgets what a trial left behind.
bool is_taken(Fit fit, ColumnWriter& sample) {
  sample.truncate(0);
  return fit == Fit::ok;
}

/// Decimals: no binary real is exact.
bool takes_only_digits(ColumnWriter& sample) {
  return sample.wants_digits() && !is_taken(sample.put_real(1), sample);
}

/// FixedString.
bool takes_only_text(ColumnWriter& sample) {
  return takes_any_text(sample) && !is_taken(sample.put_int(1), sample);
}

bool is_enumeration(ColumnWriter& sample) {
  if (auto* const nullable = dynamic_cast<NullableColumn*>(&sample)) {
    return is_enumeration(nullable->inner());
  }
  return dynamic_cast<EnumerationColumn<std::int8_t>*>(&sample) != nullptr ||
         dynamic_cast<EnumerationColumn<std::int16_t>*>(&sample) != nullptr;
}

bool wants_names(const EnumType& type, ColumnWriter& sample) {
  return takes_any_text(sample) || std::ranges::any_of(type.entries, [&](const auto& entry) {
           return is_taken(sample.put_text(entry.name), sample);
         });
}

template <class C>
ValueWriter::Put put_truth_into(C& sample) {
  if (is_taken(sample.put_bool(true), sample)) return put_scalar<FieldKind::boolean, C>;
  return takes_only_digits(sample) ? put_truth_as_number : put_scalar<FieldKind::boolean, C>;
}

template <class C>
ValueWriter::Put put_into(const FieldType& field, C& sample) {
  const bool is_text = field.kind == FieldKind::text || field.kind == FieldKind::bytes;
  if (!is_text && takes_only_text(sample)) return put_spelled;
  switch (field.kind) {
    case FieldKind::int32: return put_scalar<FieldKind::int32, C>;
    case FieldKind::int64: return put_scalar<FieldKind::int64, C>;
    case FieldKind::uint32: return put_scalar<FieldKind::uint32, C>;
    case FieldKind::uint64: return put_scalar<FieldKind::uint64, C>;
    case FieldKind::sint32: return put_scalar<FieldKind::sint32, C>;
    case FieldKind::sint64: return put_scalar<FieldKind::sint64, C>;
    case FieldKind::fixed32: return put_scalar<FieldKind::uint32, C>;
    case FieldKind::fixed64: return put_scalar<FieldKind::uint64, C>;
    case FieldKind::sfixed32: return put_scalar<FieldKind::int32, C>;
    case FieldKind::sfixed64: return put_scalar<FieldKind::int64, C>;
    case FieldKind::real32:
      if (takes_any_text(sample)) return put_meant_real<C>;
      return takes_only_digits(sample) ? put_digits<FieldKind::real32>
                                       : put_scalar<FieldKind::real32, C>;
    case FieldKind::real64:
      return takes_only_digits(sample) ? put_digits<FieldKind::real64>
                                       : put_scalar<FieldKind::real64, C>;
    case FieldKind::boolean: return put_truth_into(sample);
    case FieldKind::enumeration:
      if (is_enumeration(sample)) return put_named_entry<C>;
      return wants_names(*field.enumeration, sample) ? put_entry<C>
                                                     : put_scalar<FieldKind::int32, C>;
    case FieldKind::text: return put_scalar<FieldKind::text, C>;
    case FieldKind::bytes:
    case FieldKind::message: break;
  }
  return put_scalar<FieldKind::bytes, C>;
}

}  // namespace

bool takes_any_text(ColumnWriter& sample) { return is_taken(sample.put_text("~"), sample); }

ValueWriter::Put scalar_put(const FieldType& field, ColumnWriter& sample) {
  return with_concrete(sample, [&field](auto& concrete) { return put_into(field, concrete); });
}

std::string spell(const FieldType& field, const WireValue& value) {
  switch (field.kind) {
    case FieldKind::text: return fmt::format("\"{}\"", value.bytes());
    case FieldKind::bytes: return fmt::format("the bytes \"{}\"", value.bytes());
    case FieldKind::message: return fmt::format("a message {}", field.message->name);
    case FieldKind::enumeration: {
      const auto number = number_of<FieldKind::enumeration>(value.number);
      const auto name = field.enumeration->name_of(static_cast<std::int32_t>(number));
      return name.empty() ? fmt::format("{}", number) : std::string(name);
    }
    case FieldKind::real32: return spell_real(as_meant(number_of<FieldKind::real32>(value.number)));
    case FieldKind::real64: return spell_real(number_of<FieldKind::real64>(value.number));
    default:
      return with_number(field.kind, value.number,
                         [](auto number) { return fmt::format("{}", number); });
  }
}

}  // namespace penstock::protobuf
