#pragma once

#include <string>
#include <string_view>

namespace google::protobuf {
class Descriptor;
}

namespace penstock::oracle {

/// A message so that Protobuf's own library shows what both sides read of it.
struct ReadableMessage {
  /// Messages written as groups are messages, but for maps; bytes that are not UTF-8 in strings
  /// are "?". What is broken stays as it is.
  std::string bytes;
  /// What the library does not show: fields of one value that are not there in some message,
  /// zeroes of fields without presence that are written all the same, empty packed lists, numbers,
  /// tags and lengths of too many bits, groups, and what is there several times but
  /// should be once. " absent: c0 c1.x c1.y.key zero: c1.y.value empty: c3 long: ? group: 77777
  /// twice: c2", or nothing.
  std::string notes;
};

ReadableMessage readable_message(const google::protobuf::Descriptor& type,
                                 std::string_view message);

}  // namespace penstock::oracle
