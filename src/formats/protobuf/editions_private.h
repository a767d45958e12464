#pragma once

#include <google/protobuf/descriptor.pb.h>

#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace penstock::protobuf {

/// libprotobuf 3.21 knows no editions. What their features change on the wire tells itself to
/// a reader, but for presence; so such files are read as proto2 with notes about presence.
///
/// Source that begins with `edition = …`, as the proto3 source that 3.21 can parse, lines kept;
/// none for other source. What it parses to goes to settle_edition().
std::optional<std::string> without_edition(std::string_view source);

/// Makes a file of an edition, from source or from a compiler, one of proto2. Adds the full
/// names of the fields whose presence is not kept.
void settle_edition(google::protobuf::FileDescriptorProto& file, std::set<std::string>& implicit);

}  // namespace penstock::protobuf
