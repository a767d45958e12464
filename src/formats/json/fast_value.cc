#include "formats/json/fast_value.h"

#include <type_traits>

#include "formats/json/fast_scalar.h"
#include "formats/json/value.h"
#include "model/column/concrete.h"

namespace penstock::json {
namespace {

/// null where a container is wanted.
template <class C>
const char* read_null(FastMessage& message, const char* at, C& into) {
  if (*at != 'n') return nullptr;
  at = skip_value(message, at);
  return at != nullptr && into.put_null() == Fit::ok ? at : nullptr;
}

template <class C>
const char* read_scalar_value(ValueReader& /*self*/, FastMessage& message, const char* at,
                              ColumnWriter& into) {
  return read_scalar(message, at, static_cast<C&>(into));
}

/// Leaves what it does not know to the plain path.
const char* read_unknown(ValueReader& /*self*/, FastMessage& /*message*/, const char* /*at*/,
                         ColumnWriter& /*column*/) {
  return nullptr;
}

const char* read_choice(ValueReader& self, FastMessage& message, const char* at,
                        ColumnWriter& into) {
  const int member = *at == '[' || *at == '{' ? member_for_json(into, *at == '[') : -1;
  if (member < 0) return read_scalar(message, at, into);
  const auto index = static_cast<std::size_t>(member);
  at = self.inner(index).read(message, at, into.child(index));
  return at != nullptr && into.end() == Fit::ok ? at : nullptr;
}

const char* read_nullable(ValueReader& self, FastMessage& message, const char* at,
                          ColumnWriter& column) {
  auto& into = static_cast<NullableColumn&>(column);
  if (*at == 'n') return read_null(message, at, into);
  at = self.inner(0).read(message, at, into.inner());
  return at != nullptr && into.note(Fit::ok) == Fit::ok ? at : nullptr;
}

const char* read_array(ValueReader& self, FastMessage& message, const char* at,
                       ColumnWriter& column) {
  auto& into = static_cast<ArrayColumn&>(column);
  if (*at != '[') return read_null(message, at, into);
  const DeeperBy1 deeper(message);
  if (deeper.is_too_deep()) return nullptr;
  ValueReader& element = self.inner(0);
  ColumnWriter& elements = into.child(0);
  at = skip_blanks(at + 1);
  bool more = *at != ']';
  while (more) {
    at = element.read(message, at, elements);
    if (at == nullptr) return nullptr;
    at = skip_blanks(at);
    more = *at == ',';
    if (more) at = skip_blanks(at + 1);
  }
  if (*at != ']') return nullptr;
  return into.end() == Fit::ok ? at + 1 : nullptr;
}

const char* read_entry(ValueReader& self, FastMessage& message, const char* at, MapColumn& into) {
  if (*at != '"') return nullptr;
  at = self.inner(0).read(message, at, into.child(0));
  if (at == nullptr) return nullptr;
  at = skip_blanks(at);
  if (*at != ':') return nullptr;
  at = self.inner(1).read(message, skip_blanks(at + 1), into.child(1));
  return at == nullptr ? nullptr : skip_blanks(at);
}

const char* read_map(ValueReader& self, FastMessage& message, const char* at,
                     ColumnWriter& column) {
  auto& into = static_cast<MapColumn&>(column);
  if (*at != '{') return read_null(message, at, into);
  const DeeperBy1 deeper(message);
  if (deeper.is_too_deep()) return nullptr;
  at = skip_blanks(at + 1);
  bool more = *at != '}';
  while (more) {
    at = read_entry(self, message, at, into);
    if (at == nullptr) return nullptr;
    more = *at == ',';
    if (more) at = skip_blanks(at + 1);
  }
  if (*at != '}' || at >= message.last) return nullptr;
  return into.end() == Fit::ok ? at + 1 : nullptr;
}

const char* read_by_name(ValueReader& self, FastMessage& message, const char* at,
                         TupleColumn& into) {
  KeyGraph& keys = self.keys();
  const std::size_t row = into.rows();
  std::size_t known = 0;
  KeyGraph::Field field = keys.start();
  while (*at != '}') {
    const char* const value = keys.follow(message, at, field);
    if (value == nullptr) {
      at = skip_blanks(at);
      if (*at != '}') return nullptr;
      break;
    }
    if (field == keys.other()) {
      at = skip_value(message, value);
    } else {
      ColumnWriter& element = into.child(field);
      const bool given_twice = element.rows() > row;
      if (given_twice) return nullptr;
      at = self.inner(field).read(message, value, element);
      ++known;
    }
    if (at == nullptr) return nullptr;
  }
  if (at >= message.last) return nullptr;
  const bool only_foreign_keys = known == 0 && field == keys.other();
  if (only_foreign_keys) return nullptr;
  for (std::size_t i = 0; known < into.children() && i < into.children(); ++i) {
    if (into.child(i).rows() == row) into.child(i).put_default();
  }
  return at + 1;
}

const char* read_by_position(ValueReader& self, FastMessage& message, const char* at,
                             TupleColumn& into) {
  const std::size_t elements = into.children();
  for (std::size_t i = 0; i < elements; ++i) {
    at = self.inner(i).read(message, at, into.child(i));
    if (at == nullptr) return nullptr;
    at = skip_blanks(at);
    const bool is_last = i + 1 == elements;
    if (*at != (is_last ? ']' : ',')) return nullptr;
    at = is_last ? at + 1 : skip_blanks(at + 1);
  }
  return at;
}

const char* read_tuple(ValueReader& self, FastMessage& message, const char* at,
                       ColumnWriter& column) {
  auto& into = static_cast<TupleColumn&>(column);
  if (*at != '{' && *at != '[') return read_null(message, at, into);
  const DeeperBy1 deeper(message);
  if (deeper.is_too_deep()) return nullptr;
  at = *at == '{' ? read_by_name(self, message, at + 1, into)
                  : read_by_position(self, message, skip_blanks(at + 1), into);
  return at != nullptr && into.end() == Fit::ok ? at : nullptr;
}

std::vector<ValueReader> readers_of_parts(ColumnWriter& sample) {
  std::vector<ValueReader> readers;
  for (std::size_t i = 0; i < sample.children(); ++i) {
    readers.push_back(make_value_reader(sample.child(i)));
  }
  return readers;
}

template <class C>
ValueReader reader_for(C& sample) {
  if constexpr (std::is_same_v<C, NullableColumn>) {
    std::vector<ValueReader> inner;
    inner.push_back(make_value_reader(sample.inner()));
    return ValueReader(read_nullable, std::move(inner));
  } else if constexpr (std::is_same_v<C, ArrayColumn>) {
    return ValueReader(read_array, readers_of_parts(sample));
  } else if constexpr (std::is_same_v<C, MapColumn>) {
    return ValueReader(read_map, readers_of_parts(sample));
  } else if constexpr (std::is_same_v<C, TupleColumn>) {
    return ValueReader(read_tuple, readers_of_parts(sample),
                       std::make_unique<KeyGraph>(sample.names()));
  } else if (sample.shape() == Shape::choice) {
    return ValueReader(read_choice, readers_of_parts(sample));
  } else {
    return ValueReader(sample.shape() == Shape::scalar ? read_scalar_value<C> : read_unknown);
  }
}

}  // namespace

ValueReader make_value_reader(ColumnWriter& sample) {
  return with_concrete(sample, [](auto& concrete) { return reader_for(concrete); });
}

}  // namespace penstock::json
