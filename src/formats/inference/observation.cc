#include "formats/inference/observation.h"

namespace penstock {

Observation& FieldsSeen::add(std::string_view name, std::uint64_t record) {
  FieldSeen* field = find_or_make(name);
  if (field == nullptr) return others_made();
  std::uint64_t& last = last_record_[static_cast<std::size_t>(field - fields_.data())];
  if (last != record) ++field->records;
  last = record;
  return *field->values;
}

void FieldsSeen::merge(const FieldsSeen& other) {
  for (const FieldSeen& theirs : other.fields_) {
    FieldSeen* field = find_or_make(theirs.name);
    if (field != nullptr) field->records += theirs.records;
    (field != nullptr ? *field->values : others_made()).merge(*theirs.values);
  }
  if (other.others_) others_made().merge(*other.others_);
}

FieldSeen* FieldsSeen::find_or_make(std::string_view name) {
  const auto found = index_.find(std::string(name));
  if (found != index_.end()) return &fields_[found->second];
  if (fields_.size() == kMost) return nullptr;
  index_.emplace(name, fields_.size());
  last_record_.push_back(0);
  return &fields_.emplace_back(FieldSeen{std::string(name), 0, std::make_unique<Observation>()});
}

Observation& FieldsSeen::others_made() {
  if (!others_) others_ = std::make_unique<Observation>();
  return *others_;
}

void Observation::add_boolean(bool value) {
  ++booleans;
  scalars.add(value ? "true" : "false");
}

void Observation::add_number(std::string_view token) {
  numbers.add(token);
  scalars.add(token);
}

void Observation::add_text(std::string_view text) {
  texts.add(text);
  scalars.add(text);
}

Observation& Observation::add_element() {
  if (!elements) elements = std::make_unique<Observation>();
  return *elements;
}

Observation& Observation::add_field(std::string_view name) {
  ++keys;
  return fields.add(name, records);
}

void Observation::merge(const Observation& other) {
  nulls += other.nulls;
  booleans += other.booleans;
  numbers.merge(other.numbers);
  texts.merge(other.texts);
  scalars.merge(other.scalars);
  lists += other.lists;
  if (other.elements) add_element().merge(*other.elements);
  records += other.records;
  keys += other.keys;
  fields.merge(other.fields);
}

}  // namespace penstock
