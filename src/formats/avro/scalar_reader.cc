#include "formats/avro/scalar_reader.h"

#include <algorithm>
#include <charconv>
#include <string>

#include "formats/avro/binary_reader.h"
#include "formats/meant_real.h"
#include "model/column/concrete.h"

namespace penstock::avro {
namespace {

using DigitBuffer = char[32];

/// The shortest digits that tell the real from others of its width.
template <class T>
std::string_view spell(T value, DigitBuffer& buffer) {
  return {buffer, std::to_chars(buffer, buffer + sizeof(buffer), value).ptr};
}

const char* read_null(const ValueReader& /*self*/, Message& message, const char* at,
                      ColumnWriter& into) {
  const Fit fit = into.put_null();
  return fit == Fit::ok ? at : message.refused(fit, "null");
}

template <class C, Kind kind>
const char* read_integer(const ValueReader& /*self*/, Message& message, const char* at,
                         ColumnWriter& into) {
  std::int64_t value = 0;
  at = kind == Kind::int32 ? read_int(message, at, value) : read_long(message, at, value);
  if (at == nullptr) return nullptr;
  const Fit fit = static_cast<C&>(into).put_int(value);
  return fit == Fit::ok ? at : message.refused(fit, value);
}

enum class RealForm : std::uint8_t { binary, meant, digits };

template <class C, class T, RealForm form>
const char* read_real(const ValueReader& /*self*/, Message& message, const char* at,
                      ColumnWriter& into) {
  T real{};
  std::string_view bytes;
  at = read_bytes(message, at, sizeof(real), bytes);
  if (at == nullptr) return nullptr;
  std::memcpy(&real, bytes.data(), sizeof(real));
  DigitBuffer digits;
  Fit fit = Fit::ok;
  if constexpr (form == RealForm::digits) {
    fit = into.put_number(spell(real, digits));
  } else if constexpr (form == RealForm::meant) {
    fit = static_cast<C&>(into).put_real(as_meant(real));
  } else {
    fit = static_cast<C&>(into).put_real(real);
  }
  return fit == Fit::ok ? at : message.refused(fit, spell(real, digits));
}

template <class C>
const char* read_bool(const ValueReader& /*self*/, Message& message, const char* at,
                      ColumnWriter& into) {
  bool value = false;
  at = read_boolean(message, at, value);
  if (at == nullptr) return nullptr;
  const Fit fit = static_cast<C&>(into).put_bool(value);
  return fit == Fit::ok ? at : message.refused(fit, value ? "true" : "false");
}

template <class C>
const char* read_string(const ValueReader& /*self*/, Message& message, const char* at,
                        ColumnWriter& into) {
  std::string_view text;
  at = read_text(message, at, text);
  if (at == nullptr) return nullptr;
  if (text.size() > message.max_text_bytes) [[unlikely]]
    return message.long_text(text.size());
  const Fit fit = static_cast<C&>(into).put_text(text);
  return fit == Fit::ok ? at : message.refused_text(fit, text);
}

const char* read_symbol(const ValueReader& self, Message& message, const char* at,
                        ColumnWriter& into) {
  const auto& symbols = self.node().symbols;
  std::size_t symbol = 0;
  at = read_index(message, at, symbols.size(), symbol);
  if (at == nullptr) return nullptr;
  const Fit fit = into.put_text(symbols[symbol]);
  return fit == Fit::ok ? at : message.refused_text(fit, symbols[symbol]);
}

template <class C>
ValueReader::Read plain_reader(const Node& node, C& sample) {
  switch (node.kind) {
    case Kind::null: return read_null;
    case Kind::boolean: return read_bool<C>;
    case Kind::int32: return read_integer<C, Kind::int32>;
    case Kind::int64: return read_integer<C, Kind::int64>;
    case Kind::float32:
      return sample.wants_digits() ? read_real<C, float, RealForm::meant>
                                   : read_real<C, float, RealForm::binary>;
    case Kind::float64: return read_real<C, double, RealForm::binary>;
    case Kind::enumeration: return read_symbol;
    case Kind::string: return read_string<C>;
    default: return nullptr;
  }
}

/// What the column says to the value that these bytes spell.
Fit offer(const ValueReader& reader, std::string_view bytes, ColumnWriter& sample) {
  Message message;
  message.begin(bytes);
  const std::size_t rows = sample.rows();
  const char* const read = reader.read(message, bytes.data(), sample);
  sample.truncate(rows);
  return read != nullptr ? Fit::ok : message.trouble.fit;
}

/// Whether the column takes any value of the type, going by the zero of its kind.
bool takes(const ValueReader& reader, ColumnWriter& sample) {
  const Node& node = reader.node();
  constexpr std::size_t kMostProbed = 4096;
  if (node.size > kMostProbed) return true;
  const std::string zeros(std::max<std::size_t>(node.size, sizeof(double)), '\0');
  const Fit fit = offer(reader, zeros, sample);
  const bool has_one_spelling = node.kind == Kind::fixed && (node.logical == Logical::uuid ||
                                                             node.logical == Logical::duration);
  return fit != Fit::wrong_type && !(has_one_spelling && fit == Fit::unreadable);
}

/// A column that takes text may know none of the symbols.
bool takes_a_symbol(const ValueReader& reader, ColumnWriter& sample) {
  return std::ranges::any_of(reader.node().symbols, [&](const std::string& symbol) {
    const std::size_t rows = sample.rows();
    const Fit fit = sample.put_text(symbol);
    sample.truncate(rows);
    return fit == Fit::ok;
  });
}

/// A JSON column takes texts, but not the empty one.
bool takes_spelt_objects(const Node& node, ColumnWriter& sample) {
  const bool is_text = node.kind == Kind::string || node.kind == Kind::bytes;
  if (!is_text || node.logical != Logical::none) return false;
  const std::size_t rows = sample.rows();
  const Fit fit = sample.put_text("{}");
  sample.truncate(rows);
  return fit == Fit::ok;
}

}  // namespace

std::optional<ValueReader> make_scalar_reader(const Node& node, ColumnWriter& sample) {
  ValueReader::Read read = binary_reader(node, sample);
  if (read == nullptr) {
    read = with_concrete(sample, [&](auto& column) { return plain_reader(node, column); });
  }
  const ValueReader reader(read, node);
  const bool is_taken =
      node.kind == Kind::enumeration ? takes_a_symbol(reader, sample) : takes(reader, sample);
  if (is_taken || takes_spelt_objects(node, sample)) return reader;
  const bool is_real = node.kind == Kind::float32 || node.kind == Kind::float64;
  if (!is_real || !sample.wants_digits()) return std::nullopt;
  const ValueReader by_digits(node.kind == Kind::float32
                                  ? read_real<ColumnWriter, float, RealForm::digits>
                                  : read_real<ColumnWriter, double, RealForm::digits>,
                              node);
  return takes(by_digits, sample) ? std::optional(by_digits) : std::nullopt;
}

}  // namespace penstock::avro
