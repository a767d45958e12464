#include "clickhouse/url.h"

#include "http/url.h"

namespace penstock::clickhouse {
namespace {

Error bad_url(const std::string& url, const std::string& reason) {
  return {.fault = Fault::user,
          .recovery = Recovery::stop,
          .code = "pipe.document",
          .message = "destination.url '" + url + "' " + reason + "; expected http(s)://host:port"};
}

}  // namespace

Status check_url(const std::string& url) {
  const auto parsed = http::parse_url(url);
  if (!parsed) return bad_url("…", "is not a URL");
  if (!parsed->user.empty() || !parsed->password.empty()) {
    return bad_url("…", "holds a user; use destination.user and destination.password");
  }
  if (parsed->scheme != "http" && parsed->scheme != "https") {
    return bad_url(url, "is neither http nor https");
  }
  if (!parsed->query.empty() || !parsed->fragment.empty()) {
    return bad_url(url, "holds a query; use settings named clickhouse.<name>");
  }
  return done();
}

}  // namespace penstock::clickhouse
