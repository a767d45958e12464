#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "formats/inference/distinct_values.h"
#include "formats/inference/numbers_seen.h"
#include "formats/inference/texts_seen.h"

namespace penstock {

struct Observation;

/// One key of the records seen at some place.
struct FieldSeen {
  std::string name;
  std::uint64_t records = 0;  // that had it, be it as null
  std::unique_ptr<Observation> values;
};

/// The keys of all records seen at one place, in the order they came first.
class FieldsSeen {
 public:
  /// Keys are told apart up to this many; the values of further ones are thrown together.
  static constexpr std::size_t kMost = 1000;

  const std::vector<FieldSeen>& known() const noexcept { return fields_; }
  /// What the keys beyond kMost held; null when there are none.
  const Observation* others() const noexcept { return others_.get(); }

  /// The field of that name of the record with this number, which counts from 1: a key a
  /// record has twice counts once.
  Observation& add(std::string_view name, std::uint64_t record);
  void merge(const FieldsSeen& other);

 private:
  FieldSeen* find_or_make(std::string_view name);
  Observation& others_made();

  std::vector<FieldSeen> fields_;
  std::vector<std::uint64_t> last_record_;  // per field
  std::unordered_map<std::string, std::size_t> index_;
  std::unique_ptr<Observation> others_;
};

/// What was seen of one field in some messages: a tree that grows with the shape of
/// the messages, not with their number. Observations of different messages merge into
/// one. Threads: one.
struct Observation {
  std::uint64_t nulls = 0;
  std::uint64_t booleans = 0;
  NumbersSeen numbers;
  TextsSeen texts;
  DistinctValues scalars;  // all but nulls

  std::uint64_t lists = 0;
  std::unique_ptr<Observation> elements;  // of all lists together; null when all were empty

  std::uint64_t records = 0;
  std::uint64_t keys = 0;  // of all records together, doubled ones too
  FieldsSeen fields;

  void add_null() { ++nulls; }
  void add_boolean(bool value);
  void add_number(std::string_view token);
  void add_text(std::string_view text);
  void add_list() { ++lists; }
  /// Where the elements of the list added last go.
  Observation& add_element();
  void add_record() { ++records; }
  /// Where the value of that key of the record added last goes.
  Observation& add_field(std::string_view name);

  void merge(const Observation& other);
};

}  // namespace penstock
