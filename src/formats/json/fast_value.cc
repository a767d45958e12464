#include "formats/json/fast_value.h"

#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "formats/json/fast_scalar.h"
#include "formats/json/key_graph.h"
#include "model/column/concrete.h"

namespace penstock::json {
namespace {

using Reader = std::unique_ptr<ValueReader>;

/// null where a container is wanted.
template <class C>
const char* read_null(FastMessage& message, const char* at, C& into) {
  if (*at != 'n') return nullptr;
  at = skip_value(message, at);
  return at != nullptr && into.put_null() == Fit::ok ? at : nullptr;
}

class NullableReader final : public ValueReader {
 public:
  explicit NullableReader(Reader inner) : inner_(std::move(inner)) {}

  const char* read(FastMessage& message, const char* at, ColumnWriter& column) override {
    auto& into = static_cast<NullableColumn&>(column);
    if (*at == 'n') return read_null(message, at, into);
    at = inner_->read(message, at, into.inner());
    return at != nullptr && into.note(Fit::ok) == Fit::ok ? at : nullptr;
  }

 private:
  const Reader inner_;
};

class ArrayReader final : public ValueReader {
 public:
  explicit ArrayReader(Reader element) : element_(std::move(element)) {}

  const char* read(FastMessage& message, const char* at, ColumnWriter& column) override {
    auto& into = static_cast<ArrayColumn&>(column);
    if (*at != '[') return read_null(message, at, into);
    const DeeperBy1 deeper(message);
    if (deeper.is_too_deep()) return nullptr;
    ColumnWriter& elements = into.child(0);
    at = skip_blanks(at + 1);
    bool more = *at != ']';
    while (more) {
      at = element_->read(message, at, elements);
      if (at == nullptr) return nullptr;
      at = skip_blanks(at);
      more = *at == ',';
      if (more) at = skip_blanks(at + 1);
    }
    if (*at != ']') return nullptr;
    return into.end() == Fit::ok ? at + 1 : nullptr;
  }

 private:
  const Reader element_;
};

class MapReader final : public ValueReader {
 public:
  MapReader(Reader key, Reader value) : key_(std::move(key)), value_(std::move(value)) {}

  const char* read(FastMessage& message, const char* at, ColumnWriter& column) override {
    auto& into = static_cast<MapColumn&>(column);
    if (*at != '{') return read_null(message, at, into);
    const DeeperBy1 deeper(message);
    if (deeper.is_too_deep()) return nullptr;
    at = skip_blanks(at + 1);
    bool more = *at != '}';
    while (more) {
      at = read_entry(message, at, into);
      if (at == nullptr) return nullptr;
      more = *at == ',';
      if (more) at = skip_blanks(at + 1);
    }
    if (*at != '}' || at >= message.last) return nullptr;
    return into.end() == Fit::ok ? at + 1 : nullptr;
  }

 private:
  const char* read_entry(FastMessage& message, const char* at, MapColumn& into) {
    if (*at != '"') return nullptr;
    at = key_->read(message, at, into.child(0));
    if (at == nullptr) return nullptr;
    at = skip_blanks(at);
    if (*at != ':') return nullptr;
    at = value_->read(message, skip_blanks(at + 1), into.child(1));
    return at == nullptr ? nullptr : skip_blanks(at);
  }

  const Reader key_;
  const Reader value_;
};

class TupleReader final : public ValueReader {
 public:
  TupleReader(const TupleColumn& sample, std::vector<Reader> elements)
      : keys_(sample.names()), elements_(std::move(elements)) {}

  const char* read(FastMessage& message, const char* at, ColumnWriter& column) override {
    auto& into = static_cast<TupleColumn&>(column);
    if (*at != '{' && *at != '[') return read_null(message, at, into);
    const DeeperBy1 deeper(message);
    if (deeper.is_too_deep()) return nullptr;
    at = *at == '{' ? read_by_name(message, at + 1, into)
                    : read_by_position(message, skip_blanks(at + 1), into);
    return at != nullptr && into.end() == Fit::ok ? at : nullptr;
  }

 private:
  const char* read_by_name(FastMessage& message, const char* at, TupleColumn& into);
  const char* read_by_position(FastMessage& message, const char* at, TupleColumn& into);

  KeyGraph keys_;
  const std::vector<Reader> elements_;
};

const char* TupleReader::read_by_name(FastMessage& message, const char* at, TupleColumn& into) {
  const std::size_t row = into.rows();
  std::size_t known = 0;
  KeyGraph::Field field = keys_.start();
  while (*at != '}') {
    const char* const value = keys_.follow(message, at, field);
    if (value == nullptr) {
      at = skip_blanks(at);
      if (*at != '}') return nullptr;
      break;
    }
    if (field == keys_.other()) {
      at = skip_value(message, value);
    } else {
      ColumnWriter& element = into.child(field);
      const bool given_twice = element.rows() > row;
      if (given_twice) return nullptr;
      at = elements_[field]->read(message, value, element);
      ++known;
    }
    if (at == nullptr) return nullptr;
  }
  if (at >= message.last) return nullptr;
  const bool only_foreign_keys = known == 0 && field == keys_.other();
  if (only_foreign_keys) return nullptr;
  for (std::size_t i = 0; known < elements_.size() && i < elements_.size(); ++i) {
    if (into.child(i).rows() == row) into.child(i).put_default();
  }
  return at + 1;
}

const char* TupleReader::read_by_position(FastMessage& message, const char* at, TupleColumn& into) {
  for (std::size_t i = 0; i < elements_.size(); ++i) {
    at = elements_[i]->read(message, at, into.child(i));
    if (at == nullptr) return nullptr;
    at = skip_blanks(at);
    const bool is_last = i + 1 == elements_.size();
    if (*at != (is_last ? ']' : ',')) return nullptr;
    at = is_last ? at + 1 : skip_blanks(at + 1);
  }
  return at;
}

/// Leaves what it does not know to the plain path.
class UnknownReader final : public ValueReader {
 public:
  const char* read(FastMessage& /*message*/, const char* /*at*/, ColumnWriter& /*into*/) override {
    return nullptr;
  }
};

template <class C>
Reader reader_for(C& sample) {
  if constexpr (std::is_same_v<C, NullableColumn>) {
    return std::make_unique<NullableReader>(make_value_reader(sample.inner()));
  } else if constexpr (std::is_same_v<C, ArrayColumn>) {
    return std::make_unique<ArrayReader>(make_value_reader(sample.child(0)));
  } else if constexpr (std::is_same_v<C, MapColumn>) {
    return std::make_unique<MapReader>(make_value_reader(sample.child(0)),
                                       make_value_reader(sample.child(1)));
  } else if constexpr (std::is_same_v<C, TupleColumn>) {
    std::vector<Reader> elements;
    for (std::size_t i = 0; i < sample.children(); ++i) {
      elements.push_back(make_value_reader(sample.child(i)));
    }
    return std::make_unique<TupleReader>(sample, std::move(elements));
  } else {
    if (sample.shape() != Shape::scalar) return std::make_unique<UnknownReader>();
    return std::make_unique<ScalarReader<C>>();
  }
}

}  // namespace

std::unique_ptr<ValueReader> make_value_reader(ColumnWriter& sample) {
  return with_concrete(sample, [](auto& concrete) { return reader_for(concrete); });
}

}  // namespace penstock::json
