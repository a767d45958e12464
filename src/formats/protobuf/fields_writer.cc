#include "formats/protobuf/fields_writer.h"

#include <algorithm>
#include <map>
#include <utility>

#include "formats/protobuf/container_writers.h"

namespace penstock::protobuf {

namespace {

/// The message field that the first part of a path names; null when it cannot be one.
const FieldType* begins_path(const MessageType& type, const Wish& wish) {
  const std::size_t dot = wish.path.find('.');
  if (dot == std::string::npos || !wish.place.slot) return nullptr;
  const FieldType* const field = type.find(std::string_view(wish.path).substr(0, dot));
  const bool leads_on = field != nullptr && field->kind == FieldKind::message && !field->is_map;
  return leads_on ? field : nullptr;
}

std::size_t index_of(const MessageType& type, const FieldType* field) {
  return static_cast<std::size_t>(field - type.fields.data());
}

}  // namespace

void FieldsWriter::add(const MessageType& type, const std::vector<Wish>& wishes,
                       std::vector<bool>& wanted) {
  std::map<std::size_t, std::vector<Wish>> paths;  // by the field they begin with
  for (const Wish& wish : wishes) {
    if (add_named(type, wish, wanted)) continue;
    if (const FieldType* const field = begins_path(type, wish)) {
      Wish rest = wish;
      rest.path.erase(0, wish.path.find('.') + 1);
      paths[index_of(type, field)].push_back(std::move(rest));
    } else {
      others_.push_back(make_missing_writer(wish, reading_));
    }
  }
  for (const auto& [index, rest] : paths) {
    wanted[index] = true;
    knows_any_ = true;
    for (auto& writer : make_path_writers(type, index, rest, reading_)) {
      others_.push_back(std::move(writer));
    }
  }
}

bool FieldsWriter::add_named(const MessageType& type, const Wish& wish, std::vector<bool>& wanted) {
  const FieldType* const field = type.find(wish.path);
  const auto oneof = std::ranges::find(type.oneofs, wish.path);
  if (field != nullptr) {
    const std::size_t index = index_of(type, field);
    wanted[index] = true;
    if (!field->is_repeated && field->kind != FieldKind::message) {
      add_scalar(*field, index, wish);
    } else {
      others_.push_back(make_container_writer(type, index, wish, reading_));
    }
  } else if (oneof != type.oneofs.end()) {
    const auto index = static_cast<std::uint32_t>(oneof - type.oneofs.begin());
    others_.push_back(make_oneof_writer(type, index, wish, reading_, wanted));
  } else {
    return false;
  }
  knows_any_ = true;
  return true;
}

void FieldsWriter::add_scalar(const FieldType& field, std::size_t index, const Wish& wish) {
  Scalar made{.value = ValueWriter(field, *wish.sample, reading_),
              .place = wish.place,
              .field = static_cast<std::uint32_t>(index)};
  made.absent = zero_of(field);
  const bool stands_for_a_value = !field.has_presence || field.written_default;
  made.has_absent = stands_for_a_value && made.value.put(made.absent, *wish.sample) == Fit::ok;
  wish.sample->truncate(0);
  reading_.trouble = {};
  scalars_.push_back(std::move(made));
}

void FieldsWriter::put_missing(const Scalar& scalar) {
  if (scalar.place.is_whole_slot()) {
    reading_.block->put_missing(*scalar.place.slot);
  } else {
    scalar.column->put_default();
  }
}

void FieldsWriter::note_slot(const Place& place) {
  if (place.slot && !reading_.trouble.slot) reading_.trouble.slot = place.slot;
}

Fit FieldsWriter::write(const Findings& found) {
  for (Scalar& scalar : scalars_) {
    const WireValue* value = found.last(scalar.field);
    if (value == nullptr) {
      if (!scalar.has_absent) {
        put_missing(scalar);
        continue;
      }
      value = &scalar.absent;
    }
    const Fit fit = scalar.value.put(*value, *scalar.column);
    if (fit == Fit::ok) [[likely]]
      continue;
    const FieldType& field = scalar.value.field();
    // Without presence a zero that is written is what one that is left out is.
    if (!field.has_presence && is_zero(field, *value)) {
      reading_.trouble = {};
      put_missing(scalar);
      continue;
    }
    note_slot(scalar.place);
    return fit;
  }
  for (const auto& other : others_) {
    const Fit fit = other->write(found);
    if (fit == Fit::ok) [[likely]]
      continue;
    note_slot(other->place());
    return fit;
  }
  return Fit::ok;
}

void FieldsWriter::write_missing() {
  for (const Scalar& scalar : scalars_) put_missing(scalar);
  for (const auto& other : others_) other->write_missing();
}

void FieldsWriter::aim(ColumnWriter* parent) {
  for (Scalar& scalar : scalars_) {
    scalar.column = &scalar.place.find(*reading_.block, parent);
    scalar.value.aim(*scalar.column);
  }
  for (const auto& other : others_) other->aim(parent);
}

}  // namespace penstock::protobuf
