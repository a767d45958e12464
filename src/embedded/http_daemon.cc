#include "embedded/http_daemon.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <microhttpd.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cstring>
#include <memory>
#include <optional>
#include <utility>

#include "embedded/exchange.h"

namespace penstock::embedded {
namespace {

constexpr std::size_t kConnectionMemory = 2 << 20;  // bodies arrive in pieces of about this
constexpr unsigned kMostConnections = 1000;
constexpr std::size_t kAnswerPiece = 256 << 10;

/// What libmicrohttpd keeps for us between its calls for one request.
struct Pending {
  bool counted = false;
  bool answered = false;
  std::optional<Answer> fixed;
  std::unique_ptr<Exchange> exchange;
};

/// The reader side of a streamed answer.
struct Sending {
  std::unique_ptr<AnswerStream> stream;
  std::string piece;
  std::size_t sent = 0;
};

ssize_t send_more(void* closure, std::uint64_t, char* out, std::size_t room) noexcept {
  auto& sending = *static_cast<Sending*>(closure);
  if (sending.sent == sending.piece.size()) {
    if (sending.stream->broken()) return MHD_CONTENT_READER_END_WITH_ERROR;
    sending.piece = sending.stream->next();
    sending.sent = 0;
    if (sending.piece.empty()) return MHD_CONTENT_READER_END_OF_STREAM;
  }
  const std::size_t size = std::min(room, sending.piece.size() - sending.sent);
  std::memcpy(out, sending.piece.data() + sending.sent, size);
  sending.sent += size;
  return static_cast<ssize_t>(size);
}

void free_sending(void* closure) noexcept { delete static_cast<Sending*>(closure); }
void free_body(void* closure) noexcept { delete static_cast<std::string*>(closure); }

MHD_Response* make_response(Answer& answer) {
  if (answer.stream) {
    auto sending = std::make_unique<Sending>();
    sending->stream = std::move(answer.stream);
    return MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, kAnswerPiece, send_more,
                                             sending.release(), free_sending);
  }
  auto body = std::make_unique<std::string>(std::move(answer.body));
  std::string& bytes = *body;
  return MHD_create_response_from_buffer_with_free_callback_cls(bytes.size(), bytes.data(),
                                                                free_body, body.release());
}

MHD_Result send(MHD_Connection* connection, Answer answer) {
  MHD_Response* const response = make_response(answer);
  for (const auto& [name, value] : answer.headers) {
    MHD_add_response_header(response, name.c_str(), value.c_str());
  }
  const auto status = static_cast<unsigned>(answer.status);
  const MHD_Result queued = MHD_queue_response(connection, status, response);
  MHD_destroy_response(response);
  return queued;
}

std::string lower(std::string text) {
  std::ranges::transform(text, text.begin(),
                         [](char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

MHD_Result collect_header(void* closure, MHD_ValueKind, const char* name, const char* value) {
  static_cast<HttpRequest*>(closure)->headers[lower(name)] = value != nullptr ? value : "";
  return MHD_YES;
}

MHD_Result collect_argument(void* closure, MHD_ValueKind, const char* name, const char* value) {
  static_cast<HttpRequest*>(closure)->arguments.emplace_back(name, value != nullptr ? value : "");
  return MHD_YES;
}

HttpRequest read_http(MHD_Connection* connection, const char* path, const char* method) {
  HttpRequest http{.method = method, .path = path, .headers = {}, .arguments = {}};
  MHD_get_connection_values(connection, MHD_HEADER_KIND, collect_header, &http);
  MHD_get_connection_values(connection, MHD_GET_ARGUMENT_KIND, collect_argument, &http);
  return http;
}

/// Paths that are answered without a query; null: it is one.
std::optional<Answer> fixed_answer(const HttpRequest& http) {
  const bool reads = http.method == "GET" || http.method == "HEAD";
  if (!reads && !http.may_write()) {
    return text_answer(http.method == "OPTIONS" ? 204 : 405, "");
  }
  if (http.path == "/ping" || http.path == "/replicas_status") return text_answer(200, "Ok.\n");
  const bool has_query = std::ranges::any_of(
      http.arguments, [](const auto& argument) { return argument.first == "query"; });
  if (http.path == "/" && (has_query || !reads)) return std::nullopt;
  if (http.path == "/" && http.arguments.empty()) return text_answer(200, "Ok.\n");
  if (http.path == "/") return std::nullopt;
  return text_answer(404, fmt::format("There is no handle {}\n\nUse / or /ping for health checks.\n"
                                      "Or /replicas_status for more sophisticated health checks.\n"
                                      "Send queries from your program with POST method or GET "
                                      "/?query=...\n",
                                      http.path));
}

MHD_Result begin(HttpDaemon& self, MHD_Connection* connection, HttpRequest http, Pending& pending) {
  pending.counted = self.running().enter();
  if (!pending.counted) {
    pending.answered = true;
    return send(connection, text_answer(503, "The server is shutting down.\n"));
  }
  pending.fixed = fixed_answer(http);
  if (pending.fixed) return MHD_YES;  // sent when the body is over: the connection lives on
  pending.exchange = std::make_unique<Exchange>(self.backend(), std::move(http));
  return MHD_YES;
}

MHD_Result on_request(void* closure, MHD_Connection* connection, const char* path,
                      const char* method, const char*, const char* body, std::size_t* body_size,
                      void** memory) noexcept {
  auto& self = *static_cast<HttpDaemon*>(closure);
  if (*memory == nullptr) {
    auto pending = std::make_unique<Pending>();
    const MHD_Result begun = begin(self, connection, read_http(connection, path, method), *pending);
    *memory = pending.release();
    return begun;
  }
  Pending& pending = *static_cast<Pending*>(*memory);
  if (pending.answered) return MHD_YES;
  if (*body_size > 0) {
    if (pending.exchange) pending.exchange->take({body, *body_size});
    *body_size = 0;
    return MHD_YES;
  }
  pending.answered = true;
  return send(connection, pending.fixed ? *std::move(pending.fixed) : pending.exchange->finish());
}

void on_completed(void* closure, MHD_Connection*, void** memory,
                  MHD_RequestTerminationCode) noexcept {
  const std::unique_ptr<Pending> pending(static_cast<Pending*>(std::exchange(*memory, nullptr)));
  if (!pending) return;
  pending->exchange.reset();
  if (pending->counted) static_cast<HttpDaemon*>(closure)->running().leave();
}

Error failure(std::string message) {
  return Error{.fault = Fault::user,
               .recovery = Recovery::stop,
               .code = "embedded.listen",
               .message = std::move(message)};
}

}  // namespace

bool RunningRequests::enter() {
  const std::lock_guard lock(mutex_);
  if (closed_) return false;
  ++count_;
  return true;
}

void RunningRequests::leave() {
  const std::lock_guard lock(mutex_);
  if (--count_ == 0) none_.notify_all();
}

void RunningRequests::close() {
  const std::lock_guard lock(mutex_);
  closed_ = true;
}

bool RunningRequests::wait_until_none(std::chrono::milliseconds longest) {
  std::unique_lock lock(mutex_);
  return none_.wait_for(lock, longest, [this] { return count_ == 0; });
}

Result<std::unique_ptr<HttpDaemon>> HttpDaemon::start(Backend& backend, const std::string& host,
                                                      std::uint16_t port) {
  sockaddr_storage address{};
  auto& four = reinterpret_cast<sockaddr_in&>(address);
  auto& six = reinterpret_cast<sockaddr_in6&>(address);
  unsigned flags = MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_THREAD_PER_CONNECTION | MHD_USE_POLL;
  if (inet_pton(AF_INET, host.c_str(), &four.sin_addr) == 1) {
    four.sin_family = AF_INET;
    four.sin_port = htons(port);
  } else if (inet_pton(AF_INET6, host.c_str(), &six.sin6_addr) == 1) {
    six.sin6_family = AF_INET6;
    six.sin6_port = htons(port);
    flags |= MHD_USE_IPv6;
  } else {
    return failure(fmt::format("--host {} is not an IPv4 or IPv6 address", host));
  }
  std::unique_ptr<HttpDaemon> self(new HttpDaemon(backend));
  self->daemon_ = MHD_start_daemon(flags, port, nullptr, nullptr, on_request, self.get(),
                                   MHD_OPTION_SOCK_ADDR, &address, MHD_OPTION_NOTIFY_COMPLETED,
                                   on_completed, self.get(), MHD_OPTION_CONNECTION_MEMORY_LIMIT,
                                   kConnectionMemory, MHD_OPTION_CONNECTION_LIMIT, kMostConnections,
                                   MHD_OPTION_LISTENING_ADDRESS_REUSE, 1U, MHD_OPTION_END);
  if (self->daemon_ != nullptr) return self;
  return failure(
      fmt::format("cannot listen on {} port {}: {}; choose another --port, or 0 for a "
                  "free one",
                  host, port, std::strerror(errno)));
}

HttpDaemon::~HttpDaemon() {
  if (daemon_ != nullptr) MHD_stop_daemon(daemon_);
}

std::uint16_t HttpDaemon::port() const {
  return MHD_get_daemon_info(daemon_, MHD_DAEMON_INFO_BIND_PORT)->port;
}

bool HttpDaemon::drain(std::chrono::milliseconds longest) {
  running_.close();
  const MHD_socket listening = MHD_quiesce_daemon(daemon_);
  if (listening != MHD_INVALID_SOCKET) close(listening);
  return running_.wait_until_none(longest);
}

}  // namespace penstock::embedded
