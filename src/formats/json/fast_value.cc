#include "formats/json/fast_value.h"

#include <type_traits>

#include "formats/json/fast_scalar.h"
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

}  // namespace

/// One function per class of column; which of them is chosen once, by choose().
struct Readers {
  template <class C>
  static const char* scalar(ValueReader& /*self*/, FastMessage& message, const char* at,
                            ColumnWriter& into) {
    return read_scalar(message, at, static_cast<C&>(into));
  }
  static const char* nullable(ValueReader& self, FastMessage& message, const char* at,
                              ColumnWriter& column);
  static const char* array(ValueReader& self, FastMessage& message, const char* at,
                           ColumnWriter& column);
  static const char* map(ValueReader& self, FastMessage& message, const char* at,
                         ColumnWriter& column);
  static const char* tuple(ValueReader& self, FastMessage& message, const char* at,
                           ColumnWriter& column);
  /// Leaves what it does not know to the plain path.
  static const char* unknown(ValueReader& /*self*/, FastMessage& /*message*/, const char* /*at*/,
                             ColumnWriter& /*column*/) {
    return nullptr;
  }

  template <class C>
  static void choose(ValueReader& self, C& sample);

 private:
  static const char* map_entry(ValueReader& self, FastMessage& message, const char* at,
                               MapColumn& into);
  static const char* tuple_by_name(ValueReader& self, FastMessage& message, const char* at,
                                   TupleColumn& into);
  static const char* tuple_by_position(ValueReader& self, FastMessage& message, const char* at,
                                       TupleColumn& into);
};

template <class C>
void Readers::choose(ValueReader& self, C& sample) {
  const auto add_inner = [&self](ColumnWriter& part) { self.inner_.emplace_back(part); };
  if constexpr (std::is_same_v<C, NullableColumn>) {
    self.read_ = nullable;
    add_inner(sample.inner());
  } else if constexpr (std::is_same_v<C, ArrayColumn>) {
    self.read_ = array;
    add_inner(sample.child(0));
  } else if constexpr (std::is_same_v<C, MapColumn>) {
    self.read_ = map;
    add_inner(sample.child(0));
    add_inner(sample.child(1));
  } else if constexpr (std::is_same_v<C, TupleColumn>) {
    self.read_ = tuple;
    self.keys_ = std::make_unique<KeyGraph>(sample.names());
    for (std::size_t i = 0; i < sample.children(); ++i) add_inner(sample.child(i));
  } else {
    self.read_ = sample.shape() == Shape::scalar ? scalar<C> : unknown;
  }
}

ValueReader::ValueReader(ColumnWriter& sample) {
  with_concrete(sample, [this](auto& concrete) { Readers::choose(*this, concrete); });
}

const char* Readers::nullable(ValueReader& self, FastMessage& message, const char* at,
                              ColumnWriter& column) {
  auto& into = static_cast<NullableColumn&>(column);
  if (*at == 'n') return read_null(message, at, into);
  at = self.inner_.front().read(message, at, into.inner());
  return at != nullptr && into.note(Fit::ok) == Fit::ok ? at : nullptr;
}

const char* Readers::array(ValueReader& self, FastMessage& message, const char* at,
                           ColumnWriter& column) {
  auto& into = static_cast<ArrayColumn&>(column);
  if (*at != '[') return read_null(message, at, into);
  const DeeperBy1 deeper(message);
  if (deeper.is_too_deep()) return nullptr;
  ValueReader& element = self.inner_.front();
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

const char* Readers::map(ValueReader& self, FastMessage& message, const char* at,
                         ColumnWriter& column) {
  auto& into = static_cast<MapColumn&>(column);
  if (*at != '{') return read_null(message, at, into);
  const DeeperBy1 deeper(message);
  if (deeper.is_too_deep()) return nullptr;
  at = skip_blanks(at + 1);
  bool more = *at != '}';
  while (more) {
    at = map_entry(self, message, at, into);
    if (at == nullptr) return nullptr;
    more = *at == ',';
    if (more) at = skip_blanks(at + 1);
  }
  if (*at != '}' || at >= message.last) return nullptr;
  return into.end() == Fit::ok ? at + 1 : nullptr;
}

const char* Readers::map_entry(ValueReader& self, FastMessage& message, const char* at,
                               MapColumn& into) {
  if (*at != '"') return nullptr;
  at = self.inner_[0].read(message, at, into.child(0));
  if (at == nullptr) return nullptr;
  at = skip_blanks(at);
  if (*at != ':') return nullptr;
  at = self.inner_[1].read(message, skip_blanks(at + 1), into.child(1));
  return at == nullptr ? nullptr : skip_blanks(at);
}

const char* Readers::tuple(ValueReader& self, FastMessage& message, const char* at,
                           ColumnWriter& column) {
  auto& into = static_cast<TupleColumn&>(column);
  if (*at != '{' && *at != '[') return read_null(message, at, into);
  const DeeperBy1 deeper(message);
  if (deeper.is_too_deep()) return nullptr;
  at = *at == '{' ? tuple_by_name(self, message, at + 1, into)
                  : tuple_by_position(self, message, skip_blanks(at + 1), into);
  return at != nullptr && into.end() == Fit::ok ? at : nullptr;
}

const char* Readers::tuple_by_name(ValueReader& self, FastMessage& message, const char* at,
                                   TupleColumn& into) {
  KeyGraph& keys = *self.keys_;
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
      at = self.inner_[field].read(message, value, element);
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

const char* Readers::tuple_by_position(ValueReader& self, FastMessage& message, const char* at,
                                       TupleColumn& into) {
  const std::size_t elements = into.children();
  for (std::size_t i = 0; i < elements; ++i) {
    at = self.inner_[i].read(message, at, into.child(i));
    if (at == nullptr) return nullptr;
    at = skip_blanks(at);
    const bool is_last = i + 1 == elements;
    if (*at != (is_last ? ']' : ',')) return nullptr;
    at = is_last ? at + 1 : skip_blanks(at + 1);
  }
  return at;
}

}  // namespace penstock::json
