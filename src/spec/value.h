#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "spec/problem.h"

namespace penstock::spec {

struct Entry;

/// One node of a parsed document, whatever file format it came from. Knows its place in the file.
/// Whole numbers are std::int64_t where they fit and std::uint64_t above that.
class Value {
 public:
  using List = std::vector<Value>;
  using Map = std::vector<Entry>;  // in the order of the file, each key once
  using Data = std::variant<std::monostate, bool, std::int64_t, std::uint64_t, double, std::string,
                            List, Map>;

  Value();
  explicit Value(Data data, Place place = {});

  template <class T>
  const T* get_if() const {
    return std::get_if<T>(&data_);
  }
  template <class T>
  T* get_if() {
    return std::get_if<T>(&data_);
  }

  bool is_null() const { return data_.index() == 0; }
  const Data& data() const { return data_; }
  Place place() const { return place_; }

  /// The member of a map, or nullptr when there is none or this is no map.
  const Value* find(std::string_view key) const;

  /// True for text that `${…}` took part in: it may stand where a number or bool is wanted.
  bool from_environment() const { return from_environment_; }
  void take_from_environment(std::string text);

 private:
  Data data_;
  Place place_;
  bool from_environment_ = false;
};

/// A key with its value; `place` is the key's.
struct Entry {
  std::string key;
  Place place;
  Value value;
};

/// Same data in the same order; places do not matter.
bool same_data(const Value& left, const Value& right);

/// Text as a problem shows it: in quotes, at most 60 characters, control characters as blanks, and
/// the user and password of an address as "***".
std::string quoted(std::string_view text);

/// What a problem shows of a node: scalars, texts as quoted() has them, "a list", "a map", "null".
std::string describe(const Value& value);

/// A scalar as the text a free setting is passed on with; empty for lists and maps.
std::string scalar_text(const Value& value);

/// What a plain (unquoted) scalar means under YAML 1.2's core schema: null, bool, number or text.
Value::Data plain_scalar(std::string_view text);

}  // namespace penstock::spec
