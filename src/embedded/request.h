#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "embedded/chdb.h"
#include "embedded/refusal.h"

namespace penstock::embedded {

using Settings = std::map<std::string, std::string>;

/// A request line and its headers, decoded; header names in lower case.
struct HttpRequest {
  std::string method;
  std::string path;
  std::map<std::string, std::string> headers;
  std::vector<std::pair<std::string, std::string>> arguments;

  /// Empty when absent.
  std::string header(const std::string& name) const;
  bool may_write() const { return method == "POST" || method == "PUT"; }
};

/// A table sent along in a multipart body (`name`, `name_structure`, …).
struct ExternalTable {
  std::string name;
  std::string format = "TabSeparated";
  std::string structure;
  std::string rows;
};

/// What a request to `/` asks for: ClickHouse's URL parameters and headers,
/// sorted by what they are.
struct QueryRequest {
  std::string query;
  std::string database;
  std::string default_format = "TabSeparated";
  std::string query_id;
  std::string user;
  std::string password;
  std::string session_id;
  std::chrono::seconds session_timeout{60};
  bool session_check = false;
  bool close_session = false;
  bool buffered = false;      // wait_end_of_query
  bool compressible = false;  // enable_http_compression
  bool multipart = false;     // the body is a form
  Settings settings;
  QueryParameters parameters;
  std::vector<ExternalTable> external;
};

/// Sorts one URL argument or form field into `out`.
std::optional<Refusal> read_argument(const std::string& name, const std::string& value,
                                     QueryRequest& out);

/// Makes a table of a file in a form: its format and columns came as arguments
/// named after it.
void add_external_table(const std::string& name, std::string_view rows, QueryRequest& out);

/// Reads all arguments and headers. The credentials are in `out` also when
/// something else is refused.
std::optional<Refusal> read_request(const HttpRequest& http, QueryRequest& out);

}  // namespace penstock::embedded
