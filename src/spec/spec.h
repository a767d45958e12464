#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "spec/field_info.h"
#include "spec/findings.h"
#include "spec/path.h"
#include "spec/read_field.h"
#include "spec/shape.h"
#include "spec/value.h"

namespace penstock::spec {

/// One value of an enum: how it is spelled in documents, and its own sentence.
template <class E>
struct Choice {
  E value;
  std::string_view name;
  std::string_view help;
};

/// The spelling of `value`; empty when the table does not list it.
template <class E>
std::string_view name_of(std::span<const Choice<E>> choices, std::type_identity_t<E> value) {
  for (const Choice<E>& choice : choices) {
    if (choice.value == value) return choice.name;
  }
  return {};
}

/// Chained notes about one field; lives only while the chain is written.
class FieldNotes {
 public:
  explicit FieldNotes(FieldInfo& info) : info_(info) {}

  /// Must be given; a text must not be empty either.
  FieldNotes& required();
  FieldNotes& secret();
  FieldNotes& advanced();
  FieldNotes& live();
  FieldNotes& group(std::string_view name);
  FieldNotes& example(std::string_view text);
  FieldNotes& suggest(std::string_view source);
  FieldNotes& unit(std::string_view name);
  FieldNotes& since(std::string_view version);
  FieldNotes& formerly(std::string_view old_name);
  /// Of a number, a time in milliseconds, a size in bytes, or the length of a text.
  FieldNotes& range(double minimum, double maximum);
  /// An expression for the whole text (POSIX extended and ECMAScript alike), and the words for it:
  /// "must be <words>".
  FieldNotes& pattern(std::string_view expression, std::string_view words);
  /// A whole number that is a size: "32MiB" is understood too.
  FieldNotes& bytes();
  /// A text that the wire may also carry as a number.
  FieldNotes& or_number();

 private:
  FieldInfo& info_;
};

/// Settings as parsed; only to be used when `problems` is empty.
template <class Config>
struct Parsed {
  Config config;
  std::vector<Problem> problems;  // in the order of the file
  std::vector<Problem> warnings;
};

/// The single description of a group of settings. Parsing, checking, JSON Schema, reference,
/// forms and SDK types all read it. Built once, then constant; a nested spec must outlive it.
template <class Config>
class Spec {
 public:
  Spec(std::string_view name, std::string_view summary) {
    shape_.name = name;
    shape_.summary = summary;
  }

  /// bool, whole number, double, std::string, std::chrono::milliseconds, vector or map of strings;
  /// each may sit in a std::optional, which stays empty when the key is absent or null.
  template <class T>
  FieldNotes field(T Config::*member, std::string_view key, std::string_view help);

  /// An enum, spelled as `choices` says. The table must live as long as the program.
  template <class T>
  FieldNotes choice(T Config::*member, std::string_view key,
                    std::span<const Choice<BareType<T>>> choices, std::string_view help);

  /// A nested map.
  template <class T>
  FieldNotes object(T Config::*member, std::string_view key, const Spec<BareType<T>>& nested,
                    std::string_view help);

  /// A list of nested maps: vector<Item> or optional<vector<Item>>.
  template <class T>
  FieldNotes list(T Config::*member, std::string_view key,
                  const Spec<typename BareType<T>::value_type>& nested, std::string_view help);

  /// Every key that starts with `prefix` and is no field goes to `member`, without the prefix.
  template <class Map>
  Spec& open_keys(Map Config::*member, std::string_view prefix, std::string_view help);

  /// A rule about several fields at once. No network, no files.
  Spec& rule(std::function<void(const Config&, Complaints&)> check);

  /// Fills a Config and returns every problem, not only the first. Offline.
  Parsed<Config> parse(const Value& document) const {
    Parsed<Config> out{};
    Findings findings;
    parse_object(shape_, document, "", &out.config, findings);
    sort_by_place(findings.problems);
    out.problems = std::move(findings.problems);
    out.warnings = std::move(findings.warnings);
    return out;
  }

  const Shape& shape() const { return shape_; }

 private:
  template <class T>
  FieldNotes add(FieldInfo info, T Config::*member,
                 std::function<std::optional<BareType<T>>(const Spot&, Findings&)> read);

  Shape shape_;
};

template <class Config>
template <class T>
FieldNotes Spec<Config>::add(
    FieldInfo info, T Config::*member,
    std::function<std::optional<BareType<T>>(const Spot&, Findings&)> read) {
  const auto store = [member, read](void* config, const Spot& spot, Findings& findings) {
    if (auto value = read(spot, findings)) {
      static_cast<Config*>(config)->*member = std::move(*value);
    }
  };
  shape_.fields.push_back({std::move(info), store});
  return FieldNotes(shape_.fields.back().info);
}

template <class Config>
template <class T>
FieldNotes Spec<Config>::field(T Config::*member, std::string_view key, std::string_view help) {
  FieldInfo info{.name = key, .help = help, .kind = kind_of<BareType<T>>()};
  info.default_text = default_text_of(Config{}.*member);
  note_range_of<BareType<T>>(info);
  return add(std::move(info), member, read_as<BareType<T>>);
}

template <class Config>
template <class T>
FieldNotes Spec<Config>::choice(T Config::*member, std::string_view key,
                                std::span<const Choice<BareType<T>>> choices,
                                std::string_view help) {
  FieldInfo info{.name = key, .help = help, .kind = Kind::choice};
  for (const auto& one : choices) info.choices.push_back({one.name, one.help});
  if constexpr (std::is_enum_v<T>) info.default_text = name_of(choices, Config{}.*member);
  const auto read = [choices](const Spot& spot, Findings& findings) -> std::optional<BareType<T>> {
    const auto index = read_choice(spot, findings);
    if (!index) return std::nullopt;
    return choices[*index].value;
  };
  return add(std::move(info), member, read);
}

template <class Config>
template <class T>
FieldNotes Spec<Config>::object(T Config::*member, std::string_view key,
                                const Spec<BareType<T>>& nested, std::string_view help) {
  const Shape& shape = nested.shape();
  FieldInfo info{.name = key, .help = help, .kind = Kind::object};
  info.nested = &shape;
  const auto read = [&shape](const Spot& spot, Findings& findings) {
    BareType<T> out{};
    parse_object(shape, spot.value, spot.path, &out, findings);
    return std::optional(std::move(out));
  };
  return add(std::move(info), member, read);
}

template <class Config>
template <class T>
FieldNotes Spec<Config>::list(T Config::*member, std::string_view key,
                              const Spec<typename BareType<T>::value_type>& nested,
                              std::string_view help) {
  const Shape& shape = nested.shape();
  FieldInfo info{.name = key, .help = help, .kind = Kind::list};
  info.nested = &shape;
  const auto read = [&shape](const Spot& spot, Findings& findings) -> std::optional<BareType<T>> {
    const auto* items = spot.value.get_if<Value::List>();
    if (items == nullptr) {
      add_unfit(spot, findings);
      return std::nullopt;
    }
    BareType<T> out;
    for (const Value& item : *items) {
      const std::string path = path_to(spot.path, out.size());
      parse_object(shape, item, path, &out.emplace_back(), findings);
    }
    return out;
  };
  return add(std::move(info), member, read);
}

template <class Config>
template <class Map>
Spec<Config>& Spec<Config>::open_keys(Map Config::*member, std::string_view prefix,
                                      std::string_view help) {
  const auto store = [member](void* config, const std::string& key, const std::string& value) {
    (static_cast<Config*>(config)->*member)[key] = value;
  };
  shape_.open_keys.push_back({prefix, help, store});
  return *this;
}

template <class Config>
Spec<Config>& Spec<Config>::rule(std::function<void(const Config&, Complaints&)> check) {
  shape_.rules.push_back([check](const void* config, Complaints& complaints) {
    check(*static_cast<const Config*>(config), complaints);
  });
  return *this;
}

}  // namespace penstock::spec
