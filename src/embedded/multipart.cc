#include "embedded/multipart.h"

#include <algorithm>
#include <cctype>

namespace penstock::embedded {
namespace {

constexpr std::string_view kLineEnd = "\r\n";

/// The value of `key=` in a header, quoted or not; empty when absent.
std::string attribute(std::string_view header, std::string_view key) {
  std::size_t at = header.find(key);
  while (at != header.npos && at > 0 && header[at - 1] != ' ' && header[at - 1] != ';') {
    at = header.find(key, at + 1);
  }
  if (at == header.npos) return {};
  header.remove_prefix(at + key.size());
  if (!header.starts_with('"')) return std::string(header.substr(0, header.find_first_of("; \r")));
  header.remove_prefix(1);
  return std::string(header.substr(0, header.find('"')));
}

/// The part's Content-Disposition line.
std::string_view disposition(std::string_view head) {
  constexpr std::string_view kName = "content-disposition:";
  while (!head.empty()) {
    const std::size_t end = std::min(head.find(kLineEnd), head.size());
    const std::string_view line = head.substr(0, end);
    head.remove_prefix(std::min(end + kLineEnd.size(), head.size()));
    const bool found =
        line.size() >= kName.size() &&
        std::ranges::equal(line.substr(0, kName.size()), kName, [](char have, char want) {
          return std::tolower(static_cast<unsigned char>(have)) == want;
        });
    if (found) return line;
  }
  return {};
}

}  // namespace

std::optional<std::vector<FormPart>> read_multipart(std::string_view content_type,
                                                    std::string_view body) {
  const std::string boundary = attribute(content_type, "boundary=");
  if (boundary.empty()) return std::nullopt;
  const std::string mark = "--" + boundary;
  if (!body.starts_with(mark)) return std::nullopt;
  body.remove_prefix(mark.size());
  const std::string next_mark = "\r\n" + mark;
  std::vector<FormPart> parts;
  while (!body.starts_with("--")) {
    const std::size_t head_end = body.find("\r\n\r\n");
    if (head_end == body.npos) return std::nullopt;
    const std::string_view head = disposition(body.substr(0, head_end));
    body.remove_prefix(head_end + 4);
    const std::size_t end = body.find(next_mark);
    if (end == body.npos) return std::nullopt;
    parts.push_back(
        {attribute(head, "name="), head.find("filename=") != head.npos, body.substr(0, end)});
    body.remove_prefix(end + next_mark.size());
  }
  return parts;
}

}  // namespace penstock::embedded
