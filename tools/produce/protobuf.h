#pragma once

#include <string>
#include <string_view>

namespace penstock::produce {

/// The `.proto` source of an event, `web`, `order` or `long_order`. Its messages are called Event
/// and Order.
std::string_view protobuf_schema(std::string_view event);

/// One event as a Protobuf message, made from its JSON: bytes as Protobuf's own libraries
/// write them.
std::string to_protobuf(std::string_view event, std::string_view json);

/// A message with its length in front, as files hold several.
std::string with_length(std::string_view message);

}  // namespace penstock::produce
