#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace penstock::http {

/// A request as it came over the wire; header names in lower case.
struct SeenRequest {
  int connection = 0;
  std::string method;
  std::string target;
  std::map<std::string, std::string> headers;
  std::string body;  // without the chunks, still encoded

  /// A parameter of the URL, decoded; "" when absent.
  std::string parameter(const std::string& name) const;
};

/// What the server does after it has read a request.
struct Reply {
  int status = 200;
  std::string headers;  // whole lines, each ending in \r\n
  std::string body;
  enum class Act { answer, cut, cut_headers, cut_text, hang } act = Act::answer;
};

/// A few lines of HTTP/1.1 on 127.0.0.1, a thread per connection, so that a test
/// can see each byte a client sends and misbehave at will. cut_headers sends the first of them
/// only; cut_text promises a byte more than it sends; hang lasts until the server is destroyed or
/// the client leaves.
class HttpServer {
 public:
  using Handler = std::function<Reply(const SeenRequest&)>;

  explicit HttpServer(Handler handler);
  ~HttpServer();

  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }
  std::vector<SeenRequest> seen() const;
  /// Waits until `count` requests have come.
  void wait_for(std::size_t count) const;

 private:
  void serve(int socket, int connection);

  const Handler handler_;
  int listener_ = -1;
  int port_ = 0;
  std::atomic<bool> stopping_{false};
  mutable std::mutex mutex_;
  mutable std::condition_variable came_;
  std::vector<SeenRequest> seen_;
  std::vector<int> sockets_;
  std::vector<std::jthread> threads_;
  std::jthread acceptor_;
};

}  // namespace penstock::http
