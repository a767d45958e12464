#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "formats/protobuf/message_type.h"
#include "formats/protobuf/wire.h"

namespace penstock::protobuf {

/// What was found of each field of one message: of a single value the last one, of a message,
/// a list or a map all in order. Fields are known by their place in MessageType::fields.
///
/// Borrows the message. Keeps its memory from message to message.
class Findings {
 public:
  explicit Findings(const MessageType& type)
      : found_(type.fields.size()), all_(type.fields.size()), members_(type.oneofs.size()) {}

  struct Found {
    std::uint64_t message = 0;  // that it belongs to
    WireValue value;
  };

  /// Forgets all. What is written into the fields' places with message() as stamp is found from
  /// then on, as the last of its field.
  Found* start() {
    ++message_;
    return found_.data();
  }
  std::uint64_t message() const noexcept { return message_; }

  bool has(std::size_t field) const { return found_[field].message == message_; }
  /// Null when there is none.
  const WireValue* last(std::size_t field) const {
    const Found& found = found_[field];
    return found.message == message_ ? &found.value : nullptr;
  }
  std::span<const WireValue> all(std::size_t field) const {
    return has(field) ? std::span<const WireValue>(all_[field]) : std::span<const WireValue>();
  }

  void keep_last(std::size_t field, const WireValue& value) {
    found_[field] = {.message = message_, .value = value};
  }
  void keep_all(std::size_t field, const WireValue& value) {
    if (!has(field)) all_[field].clear();
    all_[field].push_back(value);
    found_[field].message = message_;
  }
  /// This field is what its oneof holds from now on: other members are forgotten.
  void choose(std::size_t oneof, std::size_t field) {
    Member& member = members_[oneof];
    if (member.message == message_ && member.field != field) found_[member.field].message = 0;
    member = {.message = message_, .field = field};
  }

 private:
  struct Member {
    std::uint64_t message = 0;
    std::size_t field = 0;
  };

  std::uint64_t message_ = 0;
  std::vector<Found> found_;
  std::vector<std::vector<WireValue>> all_;
  std::vector<Member> members_;
};

}  // namespace penstock::protobuf
