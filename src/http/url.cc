#include "http/url.h"

#include <curl/curl.h>

#include <memory>

namespace penstock::http {

std::optional<Url> parse_url(const std::string& text) {
  const std::unique_ptr<CURLU, void (*)(CURLU*)> handle(curl_url(), curl_url_cleanup);
  if (curl_url_set(handle.get(), CURLUPART_URL, text.c_str(), 0) != CURLUE_OK) return std::nullopt;
  const auto part = [&](CURLUPart which) -> std::string {
    char* found = nullptr;
    if (curl_url_get(handle.get(), which, &found, 0) != CURLUE_OK) return "";
    const std::unique_ptr<char, void (*)(void*)> owner(found, curl_free);
    return found;
  };
  return Url{.scheme = part(CURLUPART_SCHEME),
             .user = part(CURLUPART_USER),
             .password = part(CURLUPART_PASSWORD),
             .host = part(CURLUPART_HOST),
             .port = part(CURLUPART_PORT),
             .path = part(CURLUPART_PATH),
             .query = part(CURLUPART_QUERY),
             .fragment = part(CURLUPART_FRAGMENT)};
}

bool is_loopback(const std::string& url) {
  const auto parsed = parse_url(url);
  if (!parsed) return false;
  return parsed->host == "localhost" || parsed->host == "[::1]" || parsed->host.starts_with("127.");
}

std::string escaped(std::string_view text) {
  if (text.empty()) return "";  // libcurl takes a length of 0 for "measure it yourself"
  const std::unique_ptr<char, void (*)(void*)> out(
      curl_easy_escape(nullptr, text.data(), static_cast<int>(text.size())), curl_free);
  return out.get();
}

}  // namespace penstock::http
