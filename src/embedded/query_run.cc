#include "embedded/query_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <thread>
#include <utility>

#include "embedded/query_ids.h"
#include "embedded/result_answer.h"

namespace penstock::embedded {
namespace {

constexpr std::size_t kEncodedPiece = 1 << 20;

std::string encode_whole(std::string_view plain, const std::string& encoding) {
  const auto encoder = make_encoder(encoding);
  std::string out;
  for (; !plain.empty(); plain.remove_prefix(std::min(kEncodedPiece, plain.size()))) {
    out += encoder->write(plain.substr(0, kEncodedPiece));
  }
  return out + encoder->finish();
}

void release(Backend& backend, const QueryRequest& request, std::unique_ptr<Session> session,
             bool failed) {
  // A failed query stays in system.processes until the connection runs another.
  if (failed && !request.session_id.empty()) session->connection().query("SELECT 1", "Null");
  backend.sessions.release(request, std::move(session));
}

}  // namespace

QueryRun::QueryRun(Backend& backend, QueryRequest request, bool may_write, std::string encoding)
    : backend_(backend),
      request_(std::move(request)),
      may_write_(may_write),
      encoding_(request_.compressible ? std::move(encoding) : std::string()) {
  request_.settings.try_emplace("log_comment", request_.query_id);
}

QueryRun::~QueryRun() {
  if (input_) kill_input();
  input_.reset();
  insert_.reset();
  give_back(true);
}

// A closed pipe alone would look like a complete body. The query may have been
// started a moment ago: it is asked for until it is there to be killed.
void QueryRun::kill_input() {
  const auto killer = backend_.sessions.acquire({}).session;
  bool killed = killer == nullptr;
  while (!killed && !input_->has_ended()) {
    const QueryResult answer =
        killer->connection().query("KILL QUERY WHERE Settings['log_comment'] = {id:String} ASYNC",
                                   "TSV", {{"id", request_.settings["log_comment"]}});
    killed = !answer.bytes().empty();
    if (!killed) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
}

std::optional<Refusal> QueryRun::begin(std::string sql, const QueryText& text) {
  sql_ = std::move(sql);
  kind_ = text.kind;
  format_ = text.format.empty() ? request_.default_format : text.format;
  if (auto refusal = refuse(text)) return refusal;
  if (auto refusal = take_session(text.kind)) return refusal;
  if (auto refusal = load_external()) return refusal;
  if (kind_ == StatementKind::insert_input) return begin_input(text);
  if (kind_ != StatementKind::insert_rows) return std::nullopt;
  format_ = request_.default_format;
  insert_ = session_->connection().insert(std::string_view(sql_).substr(0, text.format_at),
                                          text.format, request_.parameters);
  return insert_->refusal();
}

std::optional<Refusal> QueryRun::refuse(const QueryText& text) const {
  if (sql_.find_first_not_of(" \t\r\n;") == sql_.npos) {
    return Refusal{62, "SYNTAX_ERROR", "Syntax error: failed at position 1 (end of query)"};
  }
  if (text.several) {
    return Refusal{62, "SYNTAX_ERROR", "Syntax error (Multi-statements are not allowed)"};
  }
  if (text.into_outfile) {
    return Refusal{358, "INTO_OUTFILE_NOT_ALLOWED", "INTO OUTFILE is not allowed"};
  }
  const auto readonly = request_.settings.find("readonly");
  const bool read_only = readonly != request_.settings.end() && readonly->second != "0";
  if (text.reads_only() || (may_write_ && !read_only)) return std::nullopt;
  return Refusal{164, "READONLY",
                 fmt::format("{}: Cannot execute query in readonly mode.{}", request_.user,
                             may_write_ ? ""
                                        : " For queries over HTTP, method GET implies readonly. "
                                          "You should use method POST for modifying queries.")};
}

std::optional<Refusal> QueryRun::take_session(StatementKind kind) {
  Sessions::Lease lease = backend_.sessions.acquire(request_);
  if (lease.refusal) return lease.refusal;
  session_ = std::move(lease.session);
  Settings settings = request_.settings;
  const bool named = !request_.session_id.empty();
  if (named) settings.erase("readonly");  // it could not be undone; refuse() looked at it
  if (!named && !may_write_) settings.try_emplace("readonly", "2");
  if (named && kind == StatementKind::set) return session_->apply({}, {});
  return session_->apply(settings, request_.database);
}

/// Tables that came along in a multipart body become temporary tables.
std::optional<Refusal> QueryRun::load_external() {
  for (const ExternalTable& table : request_.external) {
    Connection& connection = session_->connection();
    auto created = connection.query(
        fmt::format("CREATE OR REPLACE TEMPORARY TABLE `{}` ({})", table.name, table.structure),
        "Null");
    if (created.refusal()) return created.refusal();
    const auto rows =
        connection.insert(fmt::format("INSERT INTO `{}`", table.name), table.format, {});
    if (rows->refusal()) return rows->refusal();
    rows->append(table.rows);
    auto loaded = rows->done();
    if (loaded.refusal()) return loaded.refusal();
  }
  return std::nullopt;
}

std::optional<Refusal> QueryRun::begin_input(const QueryText& text) {
  input_ = std::make_unique<InputPipe>();
  if (!input_->open()) {
    input_.reset();
    return Refusal{.message = "no file descriptor is left for the rows of input()"};
  }
  const std::string_view sql(sql_);
  std::string rewritten(sql.substr(0, text.input->begin));
  rewritten +=
      fmt::format("file('{}', '{}', {})", input_->path(), text.format, text.input->structure);
  rewritten += sql.substr(text.input->end, text.format_at - text.input->end);
  format_ = request_.default_format;
  input_->start(session_->connection(), std::move(rewritten), request_.parameters);
  return std::nullopt;
}

void QueryRun::rows(std::string_view bytes) {
  // A failure shows in end(): the body has to be taken to its end anyway.
  if (insert_) insert_->append(bytes);
  if (input_) input_->append(bytes);
}

Answer QueryRun::end() {
  if (insert_) {
    const QueryResult result = insert_->done();
    insert_.reset();
    return end_insert(result);
  }
  if (input_) {
    const QueryResult result = input_->done();
    input_.reset();
    return end_insert(result);
  }
  return streams() ? end_stream() : end_whole();
}

bool QueryRun::streams() const {
  return kind_ == StatementKind::select && !request_.buffered &&
         joining_of(format_) != Joining::impossible &&
         !request_.settings.contains("output_format_json_array_of_rows");
}

Answer QueryRun::end_insert(const QueryResult& result) {
  give_back(result.refusal().has_value());
  if (result.refusal()) return refusal_answer(backend_, request_, *result.refusal());
  return query_answer(backend_, request_, format_, result.cost());
}

Answer QueryRun::end_whole() {
  const QueryResult result = session_->connection().query(
      with_query_ids(sql_, kind_), request_.default_format, request_.parameters);
  if (!result.refusal() && kind_ == StatementKind::set) session_->remember(sql_);
  give_back(result.refusal().has_value());
  if (result.refusal()) return refusal_answer(backend_, request_, *result.refusal());
  Answer answer = query_answer(backend_, request_, format_, result.cost());
  if (encoding_.empty() || result.bytes().empty()) {
    answer.body = result.bytes();
    return answer;
  }
  answer.headers.emplace_back("Content-Encoding", encoding_);
  answer.body = encode_whole(result.bytes(), encoding_);
  return answer;
}

Answer QueryRun::end_stream() {
  auto stream = session_->connection().stream(with_query_ids(sql_, kind_), request_.default_format,
                                              request_.parameters);
  std::optional<Refusal> refusal = stream->refusal();
  std::optional<QueryResult> first;
  if (!refusal) {
    first.emplace(stream->next());
    refusal = first->refusal();
  }
  if (refusal) {
    stream.reset();
    give_back(true);
    return refusal_answer(backend_, request_, *refusal);
  }
  Answer answer = query_answer(backend_, request_, format_, first->cost());
  if (!encoding_.empty()) answer.headers.emplace_back("Content-Encoding", encoding_);
  std::string tag = random_tag();
  answer.headers.emplace_back("X-ClickHouse-Exception-Tag", tag);
  auto session = std::make_shared<std::unique_ptr<Session>>(std::move(session_));
  auto ended = [&backend = backend_, request = request_, session](bool failed) {
    release(backend, request, std::move(*session), failed);
  };
  answer.stream =
      std::make_unique<ResultAnswer>(ResultAnswer::Parts{.stream = std::move(stream),
                                                         .joining = joining_of(format_),
                                                         .encoder = make_encoder(encoding_),
                                                         .exception_tag = std::move(tag),
                                                         .version = backend_.version,
                                                         .ended = std::move(ended)},
                                     *std::move(first));
  return answer;
}

void QueryRun::give_back(bool failed) {
  if (session_) release(backend_, request_, std::move(session_), failed);
}

}  // namespace penstock::embedded
