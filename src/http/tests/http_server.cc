#include "http/tests/http_server.h"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <optional>

namespace penstock::http {
namespace {

std::string decoded(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '%' && at + 2 < text.size()) {
      out += static_cast<char>(std::stoi(std::string(text.substr(at + 1, 2)), nullptr, 16));
      at += 2;
    } else {
      out += text[at];
    }
  }
  return out;
}

/// Reads a socket line by line or by count; nothing at its end.
class Reader {
 public:
  explicit Reader(int socket) : socket_(socket) {}

  std::optional<std::string> line() {
    for (;;) {
      if (const std::size_t end = buffer_.find("\r\n"); end != std::string::npos) {
        std::string line = buffer_.substr(0, end);
        buffer_.erase(0, end + 2);
        return line;
      }
      if (!fill()) return std::nullopt;
    }
  }

  std::optional<std::string> bytes(std::size_t count) {
    while (buffer_.size() < count) {
      if (!fill()) return std::nullopt;
    }
    std::string taken = buffer_.substr(0, count);
    buffer_.erase(0, count);
    return taken;
  }

  /// Blocks until the peer is gone.
  void wait_for_end() {
    while (fill()) {
    }
  }

 private:
  bool fill() {
    char part[65536];
    const ssize_t got = recv(socket_, part, sizeof(part), 0);
    if (got > 0) buffer_.append(part, static_cast<std::size_t>(got));
    return got > 0;
  }

  const int socket_;
  std::string buffer_;
};

std::optional<std::string> read_body(Reader& reader, const SeenRequest& request) {
  if (const auto length = request.headers.find("content-length"); length != request.headers.end()) {
    return reader.bytes(std::stoul(length->second));
  }
  std::string body;
  if (!request.headers.contains("transfer-encoding")) return body;
  for (;;) {
    const auto size_line = reader.line();
    if (!size_line) return std::nullopt;
    const std::size_t size = std::stoul(*size_line, nullptr, 16);
    const auto part = reader.bytes(size);
    if (!part || !reader.line()) return std::nullopt;
    if (size == 0) return body;
    body += *part;
  }
}

std::optional<SeenRequest> read_request(Reader& reader) {
  SeenRequest request;
  const auto first = reader.line();
  if (!first) return std::nullopt;
  const std::size_t start = first->find(' ') + 1;
  request.method = first->substr(0, start - 1);
  request.target = first->substr(start, first->find(' ', start) - start);
  for (;;) {
    const auto line = reader.line();
    if (!line) return std::nullopt;
    if (line->empty()) break;
    std::string name = line->substr(0, line->find(':'));
    std::ranges::transform(name, name.begin(), [](unsigned char c) { return std::tolower(c); });
    request.headers[name] = line->substr(line->find(": ") + 2);
  }
  auto body = read_body(reader, request);
  if (!body) return std::nullopt;
  request.body = std::move(*body);
  return request;
}

void write_reply(int socket, const Reply& reply) {
  const std::size_t promised = reply.body.size() + (reply.act == Reply::Act::cut_text ? 1 : 0);
  const std::string text = "HTTP/1.1 " + std::to_string(reply.status) + " Said\r\n" +
                           reply.headers + "Content-Length: " + std::to_string(promised) +
                           "\r\n\r\n" + reply.body;
  const bool whole = reply.act != Reply::Act::cut_headers;
  const std::size_t size = whole ? text.size() : text.find("\r\n") + 5;
  (void)!send(socket, text.data(), size, MSG_NOSIGNAL);
}

}  // namespace

std::string SeenRequest::parameter(const std::string& name) const {
  for (std::size_t at = target.find('?'); at != std::string::npos; at = target.find('&', at + 1)) {
    const std::string pair = target.substr(at + 1, target.find('&', at + 1) - at - 1);
    if (pair.starts_with(name + "=")) return decoded(pair.substr(name.size() + 1));
  }
  return "";
}

HttpServer::HttpServer(Handler handler) : handler_(std::move(handler)) {
  listener_ = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{.sin_family = AF_INET, .sin_port = 0, .sin_addr = {htonl(INADDR_LOOPBACK)}};
  socklen_t size = sizeof(address);
  if (bind(listener_, reinterpret_cast<sockaddr*>(&address), size) != 0) std::abort();
  listen(listener_, 16);
  getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
  port_ = ntohs(address.sin_port);
  acceptor_ = std::jthread([this] {
    for (int connection = 1;; ++connection) {
      const int accepted = accept(listener_, nullptr, nullptr);
      if (accepted < 0) return;
      const std::lock_guard lock(mutex_);
      sockets_.push_back(accepted);
      threads_.emplace_back([this, accepted, connection] { serve(accepted, connection); });
    }
  });
}

HttpServer::~HttpServer() {
  stopping_ = true;
  shutdown(listener_, SHUT_RDWR);
  acceptor_.join();
  for (const int open : sockets_) shutdown(open, SHUT_RDWR);
  threads_.clear();
  for (const int open : sockets_) close(open);
  close(listener_);
}

std::vector<SeenRequest> HttpServer::seen() const {
  const std::lock_guard lock(mutex_);
  return seen_;
}

void HttpServer::wait_for(std::size_t count) const {
  std::unique_lock lock(mutex_);
  came_.wait(lock, [&] { return seen_.size() >= count; });
}

void HttpServer::serve(int socket, int connection) {
  Reader reader(socket);
  while (auto request = read_request(reader)) {
    request->connection = connection;
    {
      const std::lock_guard lock(mutex_);
      seen_.push_back(*request);
    }
    came_.notify_all();
    const Reply reply = handler_(*request);
    if (reply.act == Reply::Act::hang) reader.wait_for_end();
    if (reply.act == Reply::Act::hang || reply.act == Reply::Act::cut) break;
    write_reply(socket, reply);
    if (reply.act != Reply::Act::answer) break;
  }
  shutdown(socket, SHUT_RDWR);
}

}  // namespace penstock::http
