#include "embedded/chdb.h"

#include <array>

namespace penstock::embedded {
namespace {

/// The four parallel arrays in which libchdb takes parameters.
struct ParameterArrays {
  explicit ParameterArrays(const QueryParameters& parameters) {
    for (const auto& [name, value] : parameters) {
      names.push_back(name.data());
      name_sizes.push_back(name.size());
      values.push_back(value.data());
      value_sizes.push_back(value.size());
    }
  }
  std::vector<const char*> names;
  std::vector<std::size_t> name_sizes;
  std::vector<const char*> values;
  std::vector<std::size_t> value_sizes;
};

std::optional<Refusal> refusal_of(const char* text) {
  if (text == nullptr || *text == '\0') return std::nullopt;
  return parse_refusal(text);
}

}  // namespace

QueryCost& QueryCost::operator+=(const QueryCost& other) {
  rows_read += other.rows_read;
  bytes_read += other.bytes_read;
  rows_written += other.rows_written;
  bytes_written += other.bytes_written;
  result_rows += other.result_rows;
  result_bytes += other.result_bytes;
  elapsed_s += other.elapsed_s;
  return *this;
}

QueryResult::QueryResult(const ChdbApi& api, ChdbResult result)
    : result_(result, api.destroy_result) {
  if (result == nullptr) {
    refusal_ = Refusal{.message = "libchdb gave no result"};
    return;
  }
  refusal_ = refusal_of(api.result_error(result));
  if (const char* buffer = api.result_buffer(result)) bytes_ = {buffer, api.result_length(result)};
  cost_ = {.rows_read = api.result_rows_read(result),
           .bytes_read = api.result_bytes_read(result),
           .rows_written = api.result_rows_written(result),
           .bytes_written = api.result_bytes_written(result),
           .result_rows = api.result_rows(result),
           .result_bytes = api.result_bytes(result),
           .elapsed_s = api.result_elapsed(result)};
}

ResultStream::ResultStream(const ChdbApi& api, ChdbConnection connection, ChdbResult stream)
    : api_(api),
      connection_(connection),
      stream_(stream),
      refusal_(refusal_of(api.result_error(stream))),
      ended_(refusal_.has_value()) {}

ResultStream::~ResultStream() {
  if (!ended_) api_.stream_cancel(connection_, stream_);
  api_.destroy_result(stream_);
}

QueryResult ResultStream::next() {
  QueryResult piece(api_, api_.stream_fetch(connection_, stream_));
  if (piece.refusal() || piece.bytes().empty()) ended_ = true;
  return piece;
}

InsertStream::InsertStream(const ChdbApi& api, ChdbInsert stream)
    : api_(api), stream_(stream), refusal_(refusal_of(api.stream_insert_error(stream))) {}

InsertStream::~InsertStream() { api_.destroy_insert(stream_); }

bool InsertStream::append(std::string_view bytes) {
  return bytes.empty() || api_.stream_append(stream_, bytes.data(), bytes.size()) == 0;
}

QueryResult InsertStream::done() { return {api_, api_.stream_done(stream_)}; }

std::unique_ptr<Connection> Connection::open(const ChdbApi& api, const std::string& path) {
  std::string program = "clickhouse";
  std::string storage = "--path=" + path;
  std::array<char*, 2> arguments = {program.data(), storage.data()};
  ChdbConnection* const connection =
      api.connect(static_cast<int>(arguments.size()), arguments.data());
  if (connection == nullptr) return nullptr;
  return std::unique_ptr<Connection>(new Connection(api, connection));
}

Connection::~Connection() { api_.close(connection_); }

QueryResult Connection::query(std::string_view sql, std::string_view format,
                              const QueryParameters& parameters) {
  const ParameterArrays arrays(parameters);
  return {api_, api_.query(*connection_, sql.data(), sql.size(), format.data(), format.size(),
                           arrays.names.data(), arrays.name_sizes.data(), arrays.values.data(),
                           arrays.value_sizes.data(), parameters.size())};
}

std::unique_ptr<ResultStream> Connection::stream(std::string_view sql, std::string_view format,
                                                 const QueryParameters& parameters) {
  const ParameterArrays arrays(parameters);
  return std::make_unique<ResultStream>(
      api_, *connection_,
      api_.stream_query(*connection_, sql.data(), sql.size(), format.data(), format.size(),
                        arrays.names.data(), arrays.name_sizes.data(), arrays.values.data(),
                        arrays.value_sizes.data(), parameters.size()));
}

std::unique_ptr<InsertStream> Connection::insert(std::string_view sql, std::string_view format,
                                                 const QueryParameters& parameters) {
  const ParameterArrays arrays(parameters);
  return std::make_unique<InsertStream>(
      api_, api_.stream_insert(*connection_, sql.data(), sql.size(), format.data(), format.size(),
                               arrays.names.data(), arrays.name_sizes.data(), arrays.values.data(),
                               arrays.value_sizes.data(), parameters.size()));
}

}  // namespace penstock::embedded
