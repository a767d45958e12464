#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace penstock::http {

/// A URL taken apart as the client reads it; absent parts are empty.
struct Url {
  std::string scheme;
  std::string user;
  std::string password;
  std::string host;
  std::string port;
  std::string path;  // "/" at least
  std::string query;
  std::string fragment;
};

/// None when it is no URL with a scheme.
std::optional<Url> parse_url(const std::string& text);

/// Does it name this machine (localhost, 127.*, ::1)?
bool is_loopback(const std::string& url);

/// One parameter of a query or one step of a path, with all that is not plain as %XX.
std::string escaped(std::string_view text);

}  // namespace penstock::http
