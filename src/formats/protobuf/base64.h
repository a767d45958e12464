#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace penstock::protobuf {

/// The bytes that base64 text (RFC 4648, with or without padding, line breaks and blanks
/// around it passed over) stands for; none when it is no such text or empty.
std::optional<std::string> from_base64(std::string_view text);

/// Appends the bytes as padded base64.
void append_base64(std::string_view bytes, std::string& out);

}  // namespace penstock::protobuf
