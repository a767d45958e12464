#include "formats/protobuf/container_writers.h"

#include <deque>
#include <string>

#include "formats/protobuf/message_writer.h"

namespace penstock::protobuf {
namespace {

/// Columns that name fields inside a message: a.b.
class PathWriter final : public FieldWriter {
 public:
  PathWriter(const FieldType& field, std::size_t index, const std::vector<Wish>& rest,
             Reading& reading)
      : FieldWriter(rest.front().place, reading),
        index_(index),
        inside_(*field.message, rest, reading) {}

  Fit write(const Findings& found) override {
    const auto all = found.all(index_);
    if (!all.empty()) return inside_.write(merged(all, joined_).bytes());
    write_missing();
    return Fit::ok;
  }
  void write_missing() override { inside_.write_missing(); }
  void aim(ColumnWriter* parent) override { inside_.aim(parent); }

 private:
  const std::size_t index_;
  MessageWriter inside_;
  std::string joined_;
};

std::vector<Wish> inside_arrays(const std::vector<Wish>& arrays) {
  std::vector<Wish> inside;
  inside.reserve(arrays.size());
  for (const Wish& array : arrays) {
    inside.push_back(
        {.path = array.path, .place = array.place.inside(), .sample = &array.sample->child(0)});
  }
  return inside;
}

/// An Array that PathThroughListWriter fills.
class ListEnd final : public FieldWriter {
 public:
  ListEnd(const Wish& wish, Reading& reading) : FieldWriter(wish.place, reading) {}
  Fit write(const Findings& /*found*/) override { return column().end(); }
};

/// Columns that name fields inside the messages of a list, as Nested has them: n.a is an
/// Array with a value per element.
class PathThroughListWriter final : public FieldWriter {
 public:
  PathThroughListWriter(const FieldType& field, std::size_t index, const std::vector<Wish>& arrays,
                        Reading& reading)
      : FieldWriter(arrays.front().place, reading),
        index_(index),
        inside_(*field.message, inside_arrays(arrays), reading) {
    for (const Wish& array : arrays) ends_.emplace_back(array, reading);
  }

  Fit write(const Findings& found) override {
    for (const WireValue& element : found.all(index_)) {
      if (const Fit fit = inside_.write(element.bytes()); fit != Fit::ok) return fit;
    }
    for (ListEnd& end : ends_) end.write(found);
    return Fit::ok;
  }
  void write_missing() override {
    for (ListEnd& end : ends_) end.write_missing();
  }
  void aim(ColumnWriter* parent) override {
    for (ListEnd& end : ends_) end.aim(parent);
    inside_.aim(parent);
  }

 private:
  const std::size_t index_;
  MessageWriter inside_;
  std::deque<ListEnd> ends_;
};

class MissingWriter final : public FieldWriter {
 public:
  MissingWriter(const Wish& wish, Reading& reading) : FieldWriter(wish.place, reading) {}
  Fit write(const Findings& /*found*/) override {
    put_missing();
    return Fit::ok;
  }
};

}  // namespace

std::vector<std::unique_ptr<FieldWriter>> make_path_writers(const MessageType& type,
                                                            std::size_t index,
                                                            const std::vector<Wish>& rest,
                                                            Reading& reading) {
  const FieldType& field = type.fields[index];
  std::vector<std::unique_ptr<FieldWriter>> made;
  if (!field.is_repeated) {
    made.push_back(std::make_unique<PathWriter>(field, index, rest, reading));
    return made;
  }
  std::vector<Wish> arrays;
  for (const Wish& wish : rest) {
    if (wish.sample->shape() == Shape::list) {
      arrays.push_back(wish);
    } else {
      made.push_back(make_unsuitable_writer(type, index, wish, reading));
    }
  }
  if (!arrays.empty()) {
    made.push_back(std::make_unique<PathThroughListWriter>(field, index, arrays, reading));
  }
  return made;
}

std::unique_ptr<FieldWriter> make_missing_writer(const Wish& wish, Reading& reading) {
  return std::make_unique<MissingWriter>(wish, reading);
}

}  // namespace penstock::protobuf
