#include "formats/protobuf/container_writers.h"

#include <algorithm>
#include <string>
#include <utility>

namespace penstock::protobuf {
namespace {

/// A oneof into a Tuple with elements named after its members.
class OneofTupleWriter final : public FieldWriter {
 public:
  OneofTupleWriter(const MessageType& type, std::uint32_t oneof, const Wish& wish, Reading& reading,
                   std::vector<bool>& wanted)
      : FieldWriter(wish.place, reading), members_(reading) {
    for (std::size_t i = 0; i < type.fields.size(); ++i) {
      if (type.fields[i].oneof != oneof) continue;
      fields_.push_back(i);
      wanted[i] = true;
    }
    ColumnWriter& tuple = *wish.sample;
    std::vector<Wish> elements;
    for (std::size_t i = 0; i < tuple.children(); ++i) {
      Wish element{.path = {}, .place = {.element = i}, .sample = &tuple.child(i)};
      for (const std::size_t field : fields_) {
        const FieldType& member = type.fields[field];
        const bool is_meant = tuple.child_index(member.name) == static_cast<int>(i) ||
                              tuple.child_index(member.json_name) == static_cast<int>(i);
        if (is_meant) element.path = member.name;
      }
      elements.push_back(std::move(element));
    }
    members_.add(type, elements, wanted);
  }

  Fit write(const Findings& found) override {
    const bool is_set = std::ranges::any_of(fields_, [&](std::size_t i) { return found.has(i); });
    if (!is_set) {
      put_missing();
      return Fit::ok;
    }
    const Fit fit = members_.write(found);
    return fit == Fit::ok ? column().end() : fit;
  }
  void aim(ColumnWriter* parent) override {
    FieldWriter::aim(parent);
    members_.aim(&column());
  }

 private:
  std::vector<std::size_t> fields_;
  FieldsWriter members_;
};

/// The one member of a oneof that is set, as a value: into a Variant.
class OneofValueWriter final : public FieldWriter {
 public:
  OneofValueWriter(const MessageType& type, std::uint32_t oneof, const Wish& wish, Reading& reading,
                   std::vector<bool>& wanted)
      : FieldWriter(wish.place, reading) {
    for (std::size_t i = 0; i < type.fields.size(); ++i) {
      if (type.fields[i].oneof != oneof) continue;
      members_.push_back({.index = i, .value = ValueWriter(type.fields[i], *wish.sample, reading)});
      wanted[i] = true;
    }
  }

  Fit write(const Findings& found) override {
    for (Member& member : members_) {
      if (!found.has(member.index)) continue;
      const bool is_message = member.value.field().kind == FieldKind::message;
      return member.value.put(
          is_message ? merged(found.all(member.index), joined_) : *found.last(member.index),
          column());
    }
    put_missing();
    return Fit::ok;
  }
  void aim(ColumnWriter* parent) override {
    FieldWriter::aim(parent);
    for (Member& member : members_) member.value.aim(column());
  }

 private:
  struct Member {
    std::size_t index = 0;
    ValueWriter value;
  };
  std::vector<Member> members_;
  std::string joined_;
};

/// A oneof as the JSON of an object with the member that is set.
class OneofJsonWriter final : public FieldWriter {
 public:
  OneofJsonWriter(const MessageType& type, std::uint32_t oneof, const Wish& wish, Reading& reading,
                  std::vector<bool>& wanted)
      : FieldWriter(wish.place, reading), type_(type), oneof_(oneof) {
    for (std::size_t i = 0; i < type.fields.size(); ++i) {
      if (type.fields[i].oneof == oneof) wanted[i] = true;
    }
  }

  Fit write(const Findings& found) override {
    for (std::size_t i = 0; i < type_.fields.size(); ++i) {
      if (type_.fields[i].oneof != oneof_ || !found.has(i)) continue;
      JsonText& out = reading().json.out();
      out.clear();
      out.begin_object();
      out.put_key(type_.fields[i].name);
      const Fit fit = reading().json.put_field(type_, i, found, reading().trouble);
      if (fit != Fit::ok) return fit;
      out.end_object();
      return column().put_json(out.text());
    }
    put_missing();
    return Fit::ok;
  }

 private:
  const MessageType& type_;
  const std::uint32_t oneof_;
};

}  // namespace

std::unique_ptr<FieldWriter> make_oneof_writer(const MessageType& type, std::uint32_t oneof,
                                               const Wish& wish, Reading& reading,
                                               std::vector<bool>& wanted) {
  const Shape shape = wish.sample->shape();
  if (shape == Shape::record) {
    return std::make_unique<OneofTupleWriter>(type, oneof, wish, reading, wanted);
  }
  const bool takes_json = shape == Shape::scalar && wish.sample->put_json("{}") == Fit::ok;
  wish.sample->truncate(0);
  if (takes_json) return std::make_unique<OneofJsonWriter>(type, oneof, wish, reading, wanted);
  return std::make_unique<OneofValueWriter>(type, oneof, wish, reading, wanted);
}

}  // namespace penstock::protobuf
