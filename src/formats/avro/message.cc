#include "formats/avro/message.h"

#include <fmt/format.h>

namespace penstock::avro {

const char* Message::broken(const char* at, std::string_view what) {
  trouble.kind = Trouble::Kind::broken;
  trouble.found = what;
  trouble.byte = static_cast<std::size_t>(at - start);
  return nullptr;
}

const char* Message::too_large(const char* at, std::string_view what) {
  broken(at, what);
  trouble.kind = Trouble::Kind::too_large;
  return nullptr;
}

const char* Message::refused(Fit fit, std::string_view found) {
  trouble.kind = Trouble::Kind::refused;
  trouble.fit = fit;
  trouble.found = found;
  return nullptr;
}

const char* Message::refused_text(Fit fit, std::string_view found) {
  constexpr std::size_t kMostShown = 256;  // more than quote_value() shows
  return refused(fit, std::string_view(fmt::format("\"{}\"", found.substr(0, kMostShown))));
}

const char* Message::refused(Fit fit, std::int64_t found) {
  return refused(fit, std::string_view(fmt::format("{}", found)));
}

const char* Message::long_text(std::size_t bytes) {
  trouble.kind = Trouble::Kind::long_text;
  trouble.text_bytes = bytes;
  return nullptr;
}

const char* read_long_slowly(Message& message, const char* at, std::int64_t& value) {
  constexpr int kBits = 64;
  std::uint64_t folded = 0;
  const char* const first = at;
  for (int shift = 0; shift < kBits; shift += 7) {
    if (at == message.end) return message.broken(first, "it ends inside a number");
    const auto byte = static_cast<unsigned char>(*at++);
    folded |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
    if (byte >= 0x80) continue;
    const bool overflows = shift == 63 && byte > 1;
    if (overflows) break;
    value = unfold(folded);
    return at;
  }
  return message.broken(first, "a number of more than 64 bits");
}

}  // namespace penstock::avro
