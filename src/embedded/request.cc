#include "embedded/request.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace penstock::embedded {
namespace {

// Parameters of the HTTP interface that mean nothing here.
constexpr std::array<std::string_view, 9> kIgnored = {"quota_key",
                                                      "stacktrace",
                                                      "buffer_size",
                                                      "client_protocol_version",
                                                      "add_http_cors_header",
                                                      "http_connection_timeout",
                                                      "role",
                                                      "framing",
                                                      "max_result_bytes_to_buffer"};

// The server's transport settings: libchdb does not know what to do with them.
constexpr std::array<std::string_view, 3> kTransport = {
    "send_progress_in_http_headers", "http_headers_progress_interval_ms",
    "cancel_http_readonly_queries_on_client_close"};

constexpr long kLongestSession = 3600;

Refusal bad_argument(std::string message) {
  return {.code = 36, .name = "BAD_ARGUMENTS", .message = std::move(message)};
}

bool truth(const std::string& value) { return value == "1" || value == "true"; }

bool is_setting_name(const std::string& name) {
  return !name.empty() && std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '.';
  });
}

std::optional<Refusal> read_timeout(const std::string& value, QueryRequest& out) {
  long seconds = 0;
  const auto parsed = std::from_chars(value.data(), value.data() + value.size(), seconds);
  if (parsed.ec != std::errc{} || parsed.ptr != value.data() + value.size() || seconds < 0 ||
      seconds > kLongestSession) {
    return Refusal{.code = 374,
                   .name = "INVALID_SESSION_TIMEOUT",
                   .message = fmt::format("Session timeout '{}' is not between 0 and {} seconds",
                                          value, kLongestSession)};
  }
  out.session_timeout = std::chrono::seconds(seconds);
  return std::nullopt;
}

/// Names the columns of a list of types _1, _2, …
std::string number_columns(std::string_view types) {
  std::string structure;
  int depth = 0;
  std::size_t begin = 0;
  int column = 0;
  for (std::size_t at = 0; at <= types.size(); ++at) {
    if (at < types.size() && types[at] == '(') ++depth;
    if (at < types.size() && types[at] == ')') --depth;
    if (at < types.size() && (types[at] != ',' || depth > 0)) continue;
    ++column;
    structure +=
        fmt::format("{}_{} {}", column > 1 ? ", " : "", column, types.substr(begin, at - begin));
    begin = at + 1;
  }
  return structure;
}

std::string decode_base64(std::string_view text) {
  std::string out;
  unsigned bits = 0;
  int count = 0;
  for (const char c : text) {
    constexpr std::string_view kAlphabet =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const std::size_t digit = kAlphabet.find(c);
    if (digit == kAlphabet.npos) break;
    bits = (bits << 6U) | static_cast<unsigned>(digit);
    count += 6;
    if (count >= 8) {
      count -= 8;
      out += static_cast<char>((bits >> static_cast<unsigned>(count)) & 0xFFU);
    }
  }
  return out;
}

void read_credentials(const HttpRequest& http, QueryRequest& out) {
  constexpr std::string_view kBasic = "Basic ";
  const std::string authorization = http.header("authorization");
  if (authorization.starts_with(kBasic)) {
    const std::string pair = decode_base64(std::string_view(authorization).substr(kBasic.size()));
    const std::size_t colon = std::min(pair.find(':'), pair.size());
    out.user = pair.substr(0, colon);
    out.password = colon < pair.size() ? pair.substr(colon + 1) : "";
  }
  if (const std::string user = http.header("x-clickhouse-user"); !user.empty()) {
    out.user = user;
    out.password = http.header("x-clickhouse-key");
  }
  if (out.user.empty()) out.user = "default";
}

}  // namespace

std::string HttpRequest::header(const std::string& name) const {
  const auto found = headers.find(name);
  return found == headers.end() ? std::string() : found->second;
}

std::optional<Refusal> read_argument(const std::string& name, const std::string& value,
                                     QueryRequest& out) {
  constexpr std::string_view kParameter = "param_";
  if (name.starts_with(kParameter)) {
    out.parameters.emplace_back(name.substr(kParameter.size()), value);
    return std::nullopt;
  }
  const std::array<std::pair<std::string_view, std::string*>, 7> texts = {{
      {"query", &out.query},
      {"database", &out.database},
      {"default_format", &out.default_format},
      {"query_id", &out.query_id},
      {"user", &out.user},
      {"password", &out.password},
      {"session_id", &out.session_id},
  }};
  for (const auto& [key, text] : texts) {
    if (name != key) continue;
    *text = value;
    return std::nullopt;
  }
  if (name == "session_timeout") return read_timeout(value, out);
  if (name == "compress" || name == "decompress") {
    if (!truth(value)) return std::nullopt;
    return Refusal{
        .code = 48,
        .name = "NOT_IMPLEMENTED",
        .message = fmt::format("{}=1 (compressed blocks in the body) is not supported by "
                               "the embedded server; use Content-Encoding and "
                               "Accept-Encoding: lz4, zstd, gzip or deflate",
                               name)};
  }
  const std::array<std::pair<std::string_view, bool*>, 4> flags = {{
      {"session_check", &out.session_check},
      {"close_session", &out.close_session},
      {"wait_end_of_query", &out.buffered},
      {"enable_http_compression", &out.compressible},
  }};
  for (const auto& [key, flag] : flags) {
    if (name != key) continue;
    *flag = truth(value);
    return std::nullopt;
  }
  if (std::ranges::find(kIgnored, name) != kIgnored.end() ||
      std::ranges::find(kTransport, name) != kTransport.end()) {
    return std::nullopt;
  }
  if (!is_setting_name(name)) return bad_argument(fmt::format("'{}' is not a setting", name));
  out.settings[name] = value;
  return std::nullopt;
}

void add_external_table(const std::string& name, std::string_view rows, QueryRequest& out) {
  const auto take = [&](std::string_view part) {
    auto found = out.settings.extract(fmt::format("{}_{}", name, part));
    return found.empty() ? std::string() : std::move(found.mapped());
  };
  ExternalTable table{.name = name, .format = "TabSeparated", .structure = {}, .rows = {}};
  if (std::string format = take("format"); !format.empty()) table.format = std::move(format);
  table.structure = take("structure");
  if (const std::string types = take("types"); table.structure.empty()) {
    table.structure = number_columns(types);
  }
  table.rows = rows;
  out.external.push_back(std::move(table));
}

std::optional<Refusal> read_request(const HttpRequest& http, QueryRequest& out) {
  read_credentials(http, out);
  out.multipart = http.header("content-type").starts_with("multipart/form-data");
  if (const std::string format = http.header("x-clickhouse-format"); !format.empty()) {
    out.default_format = format;
  }
  if (const std::string database = http.header("x-clickhouse-database"); !database.empty()) {
    out.database = database;
  }
  std::optional<Refusal> refusal;
  for (const auto& [name, value] : http.arguments) {
    auto refused = read_argument(name, value, out);
    if (refused && !refusal) refusal = std::move(refused);
  }
  return refusal;
}

}  // namespace penstock::embedded
