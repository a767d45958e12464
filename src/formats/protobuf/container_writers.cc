#include "formats/protobuf/container_writers.h"

#include <fmt/format.h>

#include <string>

#include "formats/protobuf/map_entries.h"
#include "formats/protobuf/packed.h"

namespace penstock::protobuf {
namespace {

/// A single message as one value.
class SingleWriter final : public FieldWriter {
 public:
  SingleWriter(const FieldType& field, std::size_t index, const Wish& wish, Reading& reading)
      : FieldWriter(wish.place, reading), index_(index), value_(field, *wish.sample, reading) {}

  Fit write(const Findings& found) override {
    const auto all = found.all(index_);
    if (!all.empty()) {
      const Fit fit = value_.put(merged(all, joined_), column());
      if (fit == Fit::ok) [[likely]]
        return fit;
      // What is in a wrapper has no presence, and its zero may be what is left out.
      const bool may_be_missing = reading().trouble.kind == Trouble::Kind::refused;
      if (!may_be_missing || !value_.has_wrapped_zero()) return fit;
      reading().trouble = {};
    }
    put_missing();
    return Fit::ok;
  }
  void aim(ColumnWriter* parent) override {
    FieldWriter::aim(parent);
    value_.aim(column());
  }

 private:
  const std::size_t index_;
  ValueWriter value_;
  std::string joined_;
};

/// A list into an Array, or into the Array of a choice.
class ListWriter final : public FieldWriter {
 public:
  /// `member`: of the choice, else below 0.
  ListWriter(const FieldType& field, std::size_t index, const Wish& wish, int member,
             Reading& reading)
      : FieldWriter(wish.place, reading),
        index_(index),
        member_(member),
        elements_(field, list_in(*wish.sample).child(0), reading) {}

  Fit write(const Findings& found) override {
    const FieldType& field = elements_.field();
    for (const WireValue& part : found.all(index_)) {
      const Fit fit = for_each_element(
          field.kind, part, Fit::ok, Fit::unreadable,
          [this](const WireValue& value) { return elements_.put(value, *child_); });
      if (fit == Fit::ok) continue;
      const bool is_cut_off = reading().trouble.fit == Fit::ok;
      return is_cut_off ? reading().trouble.call_broken(
                              fmt::format("the packed list {} is cut off", field.name))
                        : fit;
    }
    const Fit fit = list_in(column()).end();
    return member_ < 0 || fit != Fit::ok ? fit : column().end();
  }
  void aim(ColumnWriter* parent) override {
    FieldWriter::aim(parent);
    child_ = &list_in(column()).child(0);
    elements_.aim(*child_);
  }

 private:
  ColumnWriter& list_in(ColumnWriter& column) const {
    return member_ < 0 ? column : column.child(static_cast<std::size_t>(member_));
  }

  const std::size_t index_;
  const int member_;
  ValueWriter elements_;
  ColumnWriter* child_ = nullptr;
};

/// A map into a Map, or into the Map of a choice.
class MapWriter final : public FieldWriter {
 public:
  MapWriter(const FieldType& field, std::size_t index, const Wish& wish, int member,
            Reading& reading)
      : FieldWriter(wish.place, reading),
        field_(field),
        index_(index),
        member_(member),
        keys_(key_of(field), map_in(*wish.sample).child(0), reading),
        values_(value_of(field), map_in(*wish.sample).child(1), reading) {}

  Fit write(const Findings& found) override {
    Fit fit = entries_.read(field_, found.all(index_), reading().max_depth, reading().trouble);
    if (fit != Fit::ok) return fit;
    ColumnWriter& into = map_in(column());
    for (const MapEntries::Entry& entry : entries_.entries()) {
      fit = keys_.put(entry.key, into.child(0));
      if (fit == Fit::ok) fit = put_value(entry.value, into.child(1));
      if (fit != Fit::ok) return fit;
    }
    fit = into.end();
    return member_ < 0 || fit != Fit::ok ? fit : column().end();
  }
  void aim(ColumnWriter* parent) override {
    FieldWriter::aim(parent);
    keys_.aim(map_in(column()).child(0));
    values_.aim(map_in(column()).child(1));
  }

 private:
  ColumnWriter& map_in(ColumnWriter& column) const {
    return member_ < 0 ? column : column.child(static_cast<std::size_t>(member_));
  }
  /// A zero that the column cannot take is as one that is left out.
  Fit put_value(const WireValue& value, ColumnWriter& into) {
    const Fit fit = values_.put(value, into);
    const FieldType& type = value_of(field_);
    if (fit == Fit::ok || type.kind == FieldKind::message || !is_zero(type, value)) return fit;
    reading().trouble = {};
    into.put_default();
    return Fit::ok;
  }

  const FieldType& field_;
  const std::size_t index_;
  const int member_;
  ValueWriter keys_;
  ValueWriter values_;
  MapEntries entries_;
};

/// A list or a map as JSON.
class JsonFieldWriter final : public FieldWriter {
 public:
  JsonFieldWriter(const MessageType& type, std::size_t index, const Wish& wish, Reading& reading)
      : FieldWriter(wish.place, reading),
        type_(type),
        index_(index),
        nothing_(type.fields[index].is_map ? "{}" : "[]"),
        takes_nothing_(wish.sample->put_json(nothing_) == Fit::ok) {
    wish.sample->truncate(0);
  }

  Fit write(const Findings& found) override {
    MessageJson& json = reading().json;
    std::string_view text = nothing_;
    if (found.has(index_)) {
      json.out().clear();
      const Fit fit = json.put_field(type_, index_, found, reading().trouble);
      if (fit != Fit::ok) return fit;
      text = json.out().text();
    } else if (!takes_nothing_) {
      put_missing();
      return Fit::ok;
    }
    const Fit fit = column().put_json(text);
    return fit == Fit::ok
               ? fit
               : reading().refuse(fit, std::string(name_of_container(type_.fields[index_])));
  }

 private:
  const MessageType& type_;
  const std::size_t index_;
  const std::string_view nothing_;
  const bool takes_nothing_;
};

/// Refuses messages that have the field.
class UnsuitableWriter final : public FieldWriter {
 public:
  UnsuitableWriter(const FieldType& field, std::size_t index, const Wish& wish, Reading& reading)
      : FieldWriter(wish.place, reading), field_(field), index_(index) {}

  Fit write(const Findings& found) override {
    if (found.has(index_))
      return reading().refuse(Fit::wrong_type, std::string(name_of_container(field_)));
    put_missing();
    return Fit::ok;
  }

 private:
  const FieldType& field_;
  const std::size_t index_;
};

}  // namespace

std::string_view name_of_container(const FieldType& field) {
  return field.is_map ? "a map" : field.is_repeated ? "a list" : "a message";
}

std::unique_ptr<FieldWriter> make_container_writer(const MessageType& type, std::size_t index,
                                                   const Wish& wish, Reading& reading) {
  const FieldType& field = type.fields[index];
  if (!field.is_repeated) return std::make_unique<SingleWriter>(field, index, wish, reading);
  const Shape shape = wish.sample->shape();
  const int map = shape == Shape::choice && field.is_map ? wish.sample->member_for(Shape::map) : -1;
  if (field.is_map && (shape == Shape::map || map >= 0)) {
    return std::make_unique<MapWriter>(field, index, wish, map, reading);
  }
  const int list = shape == Shape::choice ? wish.sample->member_for(Shape::list) : -1;
  if (shape == Shape::list || list >= 0) {
    return std::make_unique<ListWriter>(field, index, wish, list, reading);
  }
  if (shape == Shape::scalar || shape == Shape::choice) {
    return std::make_unique<JsonFieldWriter>(type, index, wish, reading);
  }
  return std::make_unique<UnsuitableWriter>(field, index, wish, reading);
}

std::unique_ptr<FieldWriter> make_unsuitable_writer(const MessageType& type, std::size_t index,
                                                    const Wish& wish, Reading& reading) {
  return std::make_unique<UnsuitableWriter>(type.fields[index], index, wish, reading);
}

}  // namespace penstock::protobuf
