#include "clickhouse/url.h"

#include <curl/curl.h>

#include <memory>
#include <optional>

namespace penstock::clickhouse {
namespace {

Error bad_url(const std::string& url, const std::string& reason) {
  return {.fault = Fault::user,
          .recovery = Recovery::stop,
          .code = "pipe.document",
          .message = "destination.url '" + url + "' " + reason + "; expected http(s)://host:port"};
}

/// A URL taken apart by libcurl, so that we and the transfer read it alike.
class ParsedUrl {
 public:
  static std::optional<ParsedUrl> read(const std::string& url) {
    ParsedUrl parsed;
    if (curl_url_set(parsed.handle_.get(), CURLUPART_URL, url.c_str(), 0) != CURLUE_OK) {
      return std::nullopt;
    }
    return parsed;
  }

  std::string part(CURLUPart which) const {
    char* text = nullptr;
    if (curl_url_get(handle_.get(), which, &text, 0) != CURLUE_OK) return "";
    const std::unique_ptr<char, void (*)(void*)> owner(text, curl_free);
    return text;
  }

 private:
  std::unique_ptr<CURLU, void (*)(CURLU*)> handle_{curl_url(), curl_url_cleanup};
};

}  // namespace

Status check_url(const std::string& url) {
  const auto parsed = ParsedUrl::read(url);
  if (!parsed) return bad_url("…", "is not a URL");
  if (!parsed->part(CURLUPART_USER).empty() || !parsed->part(CURLUPART_PASSWORD).empty()) {
    return bad_url("…", "holds a user; use destination.user and destination.password");
  }
  const std::string scheme = parsed->part(CURLUPART_SCHEME);
  if (scheme != "http" && scheme != "https") return bad_url(url, "is neither http nor https");
  if (!parsed->part(CURLUPART_QUERY).empty() || !parsed->part(CURLUPART_FRAGMENT).empty()) {
    return bad_url(url, "holds a query; use settings named clickhouse.<name>");
  }
  return done();
}

bool is_loopback(const std::string& url) {
  const auto parsed = ParsedUrl::read(url);
  if (!parsed) return false;
  const std::string host = parsed->part(CURLUPART_HOST);
  return host == "localhost" || host == "[::1]" || host.starts_with("127.");
}

}  // namespace penstock::clickhouse
