#include "readable_message.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <google/protobuf/wire_format_lite.h>

#include <algorithm>
#include <map>
#include <set>

#include "formats/utf8.h"

namespace penstock::oracle {
namespace {

namespace pb = google::protobuf;
using Wire = pb::internal::WireFormatLite;
using Field = pb::FieldDescriptor;

constexpr std::size_t kMost64BitBytes = 10;  // of which the last one has a bit
constexpr std::size_t kMost32BitBytes = 5;

std::string as_utf8(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t bytes = utf8_character_bytes(text);
    out += bytes == 0 ? "?" : text.substr(0, bytes);
    text.remove_prefix(bytes == 0 ? 1 : bytes);
  }
  return out;
}

std::string varint(std::uint64_t value) {
  std::string bytes;
  for (; value >= 0x80; value >>= 7) bytes += static_cast<char>(value | 0x80);
  return bytes + static_cast<char>(value);
}

std::string with_length(std::string_view text) { return varint(text.size()).append(text); }

/// A field with its tag, whose value is nothing but zero bytes.
bool says_zero(std::string_view bytes) {
  while (!bytes.empty() && bytes.front() < 0) bytes.remove_prefix(1);
  return !bytes.empty() && bytes.substr(1).find_first_not_of('\0') == bytes.npos;
}

/// A map or part of one: as groups those are not read.
bool is_of_a_map(const Field& field) {
  return field.is_map() || field.containing_type()->map_key() != nullptr;
}

class Walk {
 public:
  explicit Walk(std::string_view message)
      : message_(message),
        input_(reinterpret_cast<const std::uint8_t*>(message.data()),
               static_cast<int>(message.size())) {}

  /// Up to the end of the input's limit, or of the group with that number. `path` is the field
  /// the message stands in, with a dot, or empty.
  std::string message(const pb::Descriptor& type, const std::string& path, int group = 0);
  bool broke() const { return broken_; }
  std::string notes() const;

 private:
  /// The field behind its tag, with a tag.
  std::string field(const Field* field, std::uint32_t tag, const std::string& path);
  std::string submessage(const Field& field, const std::string& path);
  /// Of the field with that path, or of one that nobody knows.
  std::string as_it_is(std::uint32_t tag, const std::string& path);
  /// A tag or length comes next, perhaps of more bits than it has.
  void note_if_long(const std::string& path) {
    const auto here = static_cast<std::size_t>(input_.CurrentPosition());
    const std::string_view next = message_.substr(here, kMost32BitBytes);
    const bool goes_on = std::ranges::all_of(next, [](char byte) { return byte < 0; });
    if (next.size() == kMost32BitBytes && goes_on) long_.insert(path);
  }
  std::size_t bytes_left() const {
    const int in_limit = input_.BytesUntilLimit();  // -1 without one
    return in_limit >= 0 ? static_cast<std::size_t>(in_limit)
                         : message_.size() - static_cast<std::size_t>(input_.CurrentPosition());
  }

  std::string_view message_;
  pb::io::CodedInputStream input_;
  bool broken_ = false;
  std::set<std::string> absent_;
  std::set<std::string> twice_;
  std::set<std::string> empty_;
  std::set<std::string> zero_;
  std::set<std::string> long_;
  std::set<std::string> groups_;
};

std::string Walk::as_it_is(std::uint32_t tag, const std::string& path) {
  const int from = input_.CurrentPosition();
  if (!Wire::SkipField(&input_, tag)) broken_ = true;
  const std::string_view value = message_.substr(
      static_cast<std::size_t>(from), static_cast<std::size_t>(input_.CurrentPosition() - from));
  const bool is_number = Wire::GetTagWireType(tag) == Wire::WIRETYPE_VARINT;
  if (is_number && value.size() == kMost64BitBytes && value.back() > 1) long_.insert(path);
  return varint(tag).append(value);
}

std::string Walk::submessage(const Field& field, const std::string& path) {
  const pb::Descriptor& type = *field.message_type();
  std::uint32_t size = 0;
  if (!input_.ReadVarint32(&size) || size > bytes_left()) {
    broken_ = true;
    return {};
  }
  const auto limit = input_.PushLimit(static_cast<int>(size));
  std::string inner = message(type, path + field.name() + ".");
  input_.PopLimit(limit);
  return inner;
}

std::string Walk::field(const Field* field, std::uint32_t tag, const std::string& path) {
  const auto wire = Wire::GetTagWireType(tag);
  const bool holds_a_message = field != nullptr && field->type() == Field::TYPE_MESSAGE;
  const std::string as_bytes =
      varint(Wire::MakeTag(Wire::GetTagFieldNumber(tag), Wire::WIRETYPE_LENGTH_DELIMITED));
  if (holds_a_message && !is_of_a_map(*field) && wire == Wire::WIRETYPE_START_GROUP) {
    return as_bytes + with_length(message(*field->message_type(), path + field->name() + ".",
                                          Wire::GetTagFieldNumber(tag)));
  }
  const std::string own_path = path + (field == nullptr ? "?" : field->name());
  if (wire == Wire::WIRETYPE_LENGTH_DELIMITED) note_if_long(own_path);
  if (wire != Wire::WIRETYPE_LENGTH_DELIMITED || field == nullptr) return as_it_is(tag, own_path);
  if (holds_a_message) return as_bytes + with_length(submessage(*field, path));
  if (field->type() != Field::TYPE_STRING) {
    std::string bytes = as_it_is(tag, own_path);
    if (field->is_packable() && bytes == as_bytes + '\0') empty_.insert(own_path);
    return bytes;
  }
  std::string text;
  if (!Wire::ReadBytes(&input_, &text)) broken_ = true;
  return as_bytes + with_length(as_utf8(text));
}

std::string Walk::message(const pb::Descriptor& type, const std::string& path, int group) {
  std::string out;
  std::map<const Field*, int> times;
  bool ended = false;
  while (!broken_) {
    note_if_long(path + "tag");
    const std::uint32_t tag = input_.ReadTag();
    if (tag == 0) break;
    const int number = Wire::GetTagFieldNumber(tag);
    if (Wire::GetTagWireType(tag) == Wire::WIRETYPE_END_GROUP) {
      ended = number == group;
      break;
    }
    const Field* const known = type.FindFieldByNumber(number);
    const std::string bytes = field(known, tag, path);
    out += bytes;
    ++times[known];
    if (Wire::GetTagWireType(tag) == Wire::WIRETYPE_START_GROUP) {
      groups_.insert(path + (known == nullptr ? std::to_string(number) : known->name()));
    }
    if (known != nullptr && !known->has_presence() && !known->is_repeated() && says_zero(bytes)) {
      zero_.insert(path + known->name());
    }
  }
  if (ended != (group != 0) || (group == 0 && !input_.ConsumedEntireMessage())) broken_ = true;
  for (int index = 0; index < type.field_count(); ++index) {
    const Field* const one = type.field(index);
    if (one->is_repeated()) continue;
    if (times[one] == 0) absent_.insert(path + one->name());
    if (times[one] > 1) twice_.insert(path + one->name());
  }
  return out;
}

std::string Walk::notes() const {
  std::string text;
  const auto note = [&](std::string_view what, const std::set<std::string>& paths) {
    if (paths.empty()) return;
    text.append(" ").append(what).append(":");
    for (const std::string& path : paths) text.append(" ").append(path);
  };
  note("absent", absent_);
  note("zero", zero_);
  note("empty", empty_);
  note("long", long_);
  note("group", groups_);
  note("twice", twice_);
  return text;
}

}  // namespace

ReadableMessage readable_message(const pb::Descriptor& type, std::string_view message) {
  Walk walk(message);
  std::string bytes = walk.message(type, "");
  if (walk.broke()) bytes = message;
  return {.bytes = std::move(bytes), .notes = walk.notes()};
}

}  // namespace penstock::oracle
