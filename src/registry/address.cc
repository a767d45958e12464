#include "registry/address.h"

#include <fmt/format.h>

#include <algorithm>

#include "http/url.h"

namespace penstock::registry {
namespace {

constexpr std::string_view kIds = "/schemas/ids/";
constexpr std::string_view kSubjects = "/subjects/";

Error bad_url(std::string_view reason) {
  return {.fault = Fault::user,
          .recovery = Recovery::stop,
          .code = "pipe.document",
          .message = fmt::format("source.kafka.schemaRegistry.url {}", reason)};
}

bool is_number(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

/// The path that names the subject's version, from what stands behind "/subjects/".
std::optional<std::string> subject_path(std::string_view rest) {
  const std::string_view subject = rest.substr(0, rest.find('/'));
  std::string_view version = rest.substr(subject.size());
  if (version.starts_with("/versions/")) {
    version.remove_prefix(std::string_view("/versions/").size());
  } else if (version == "/latest" || version == "/versions" || version.empty()) {
    version = "latest";
  } else {
    return std::nullopt;
  }
  if (subject.empty() || (version != "latest" && !is_number(version))) return std::nullopt;
  return fmt::format("/subjects/{}/versions/{}", subject, version);
}

}  // namespace

Result<Address> parse_address(const std::string& url) {
  const auto parsed = http::parse_url(url);
  if (!parsed || (parsed->scheme != "http" && parsed->scheme != "https")) {
    return bad_url("must be an http:// or https:// address");
  }
  if (!parsed->user.empty() || !parsed->password.empty()) {
    return bad_url("must hold no user; use credentials.username and credentials.password");
  }
  if (!parsed->query.empty() || !parsed->fragment.empty()) return bad_url("must have no query");

  std::string_view text = url;
  while (text.ends_with('/')) text.remove_suffix(1);
  const std::size_t host = text.find("://") + 3;
  // The last one: a prefix may be called like that too.
  const std::size_t ids = text.rfind(kIds);
  const std::size_t subjects = text.rfind(kSubjects);
  if (ids != text.npos && ids > host) {
    const std::string_view id = text.substr(ids + kIds.size());
    if (!is_number(id)) return bad_url("must have a number behind /schemas/ids/");
    return Address{std::string(text.substr(0, ids)), std::string(text.substr(ids))};
  }
  if (subjects != text.npos && subjects > host) {
    auto path = subject_path(text.substr(subjects + kSubjects.size()));
    if (!path) {
      return bad_url(
          "must have a subject behind /subjects/, and a number or \"latest\" behind "
          "/versions/");
    }
    return Address{std::string(text.substr(0, subjects)), std::move(*path)};
  }
  return Address{std::string(text), {}};
}

Result<std::string> latest_of_subject(const std::string& url, std::string_view subject) {
  PENSTOCK_TRY(address, parse_address(url));
  return fmt::format("{}{}{}/versions/latest", address.base, kSubjects, http::escaped(subject));
}

}  // namespace penstock::registry
