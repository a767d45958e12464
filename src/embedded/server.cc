#include "embedded/server.h"

#include <fmt/format.h>

#include <csignal>
#include <filesystem>
#include <utility>
#include <vector>

#include "embedded/backend.h"
#include "embedded/chdb_library.h"
#include "embedded/http_daemon.h"

namespace penstock::embedded {
namespace {

constexpr std::chrono::seconds kGrace{10};

Error failure(std::string message) {
  return Error{.fault = Fault::user,
               .recovery = Recovery::stop,
               .code = "embedded.storage",
               .message = std::move(message)};
}

/// The lines of a one-column TSV result.
std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

}  // namespace

/// Members end in the order daemon, keeper, sessions.
struct Server::State {
  State(const ChdbApi& api, const std::string& path) : backend(api, path) {}
  Backend backend;
  std::unique_ptr<Connection> keeper;  // the engine ends with its last connection
  std::unique_ptr<HttpDaemon> daemon;
};

Server::Server(std::unique_ptr<State> state) : state_(std::move(state)) {}

Result<std::unique_ptr<Server>> Server::start(const ServerOptions& options) {
  std::error_code made;
  std::filesystem::create_directories(options.path, made);
  if (made) return failure(fmt::format("cannot make --path {}: {}", options.path, made.message()));
  const std::string path = std::filesystem::absolute(options.path);
  PENSTOCK_TRY(api, load_chdb(options.library));
  api.set_signal_handlers_enabled(0);
  std::signal(SIGPIPE, SIG_IGN);  // a client that goes away is an error code, not the end

  auto state = std::make_unique<State>(api, path);
  state->backend.user = options.user;
  state->backend.password = options.password;
  state->keeper = Connection::open(state->backend.api, path);
  if (!state->keeper) {
    return failure(fmt::format(
        "libchdb cannot open --path {}: is another process using it, and is it writable?", path));
  }
  const QueryResult facts =
      state->keeper->query("SELECT arrayJoin([version(), timezone(), hostName()])", "TabSeparated");
  const std::vector<std::string> lines = lines_of(facts.bytes());
  if (facts.refusal() || lines.size() != 3) {
    return failure("libchdb does not answer: " +
                   (facts.refusal() ? facts.refusal()->message : std::string(facts.bytes())));
  }
  state->backend.version = lines[0];
  state->backend.time_zone = lines[1];
  state->backend.host_name = lines[2];
  PENSTOCK_TRY(daemon, HttpDaemon::start(state->backend, options.host, options.port));
  state->daemon = std::move(daemon);
  return std::unique_ptr<Server>(new Server(std::move(state)));
}

Server::~Server() { stop(); }

std::uint16_t Server::port() const { return state_->daemon->port(); }

void Server::stop() {
  if (!state_) return;
  if (!state_->daemon->drain(kGrace)) {
    state_->keeper->query("KILL QUERY WHERE 1 ASYNC", "Null");
    state_->daemon->drain(kGrace);
  }
  state_->daemon.reset();
  state_->backend.sessions.clear();
  state_->keeper.reset();
  state_->backend.api.shutdown();
  state_.reset();
}

}  // namespace penstock::embedded
