#include "embedded/sessions.h"

#include <fmt/format.h>

namespace penstock::embedded {
namespace {

std::string quoted(std::string_view text, char quote) {
  std::string out(1, quote);
  for (const char c : text) {
    if (c == quote || c == '\\') out += '\\';
    out += c;
  }
  out += quote;
  return out;
}

/// Users and their sessions are apart: a session id is only unique per user.
std::string key_of(const QueryRequest& request) { return request.user + '\0' + request.session_id; }

}  // namespace

std::optional<Refusal> Session::apply(const Settings& settings, const std::string& database) {
  if (settings == applied_ && database == applied_database_) return std::nullopt;
  std::string sql;
  bool undo = !applied_database_.empty();
  if (undo) sql += "USE default;";
  for (const auto& [name, value] : applied_) {
    sql += fmt::format("SET {} = DEFAULT;", name);
    undo = true;
  }
  if (undo) {
    for (const std::string& statement : own_) sql += statement + "\n;";
  }
  if (!database.empty()) sql += fmt::format("USE {};", quoted(database, '`'));
  for (const auto& [name, value] : settings) {
    if (name != "readonly") sql += fmt::format("SET {} = {};", name, quoted(value, '\''));
  }
  if (const auto readonly = settings.find("readonly"); readonly != settings.end()) {
    sql += fmt::format("SET readonly = {};", quoted(readonly->second, '\''));  // nothing after it
  }
  applied_ = settings;
  applied_database_ = database;
  return connection_->query(sql, "Null").refusal();
}

Sessions::Lease Sessions::open() const {
  auto connection = Connection::open(api_, path_);
  if (!connection) {
    return {.session = nullptr,
            .refusal = Refusal{.code = 1002,
                               .name = "UNKNOWN_EXCEPTION",
                               .message = "libchdb refused a new connection"}};
  }
  return {.session = std::make_unique<Session>(std::move(connection)), .refusal = std::nullopt};
}

std::vector<std::unique_ptr<Session>> Sessions::take_expired() {
  std::vector<std::unique_ptr<Session>> expired;
  const auto now = Clock::now();
  for (auto slot = slots_.begin(); slot != slots_.end();) {
    if (slot->second.session && slot->second.expires < now) {
      expired.push_back(std::move(slot->second.session));
      slot = slots_.erase(slot);
    } else {
      ++slot;
    }
  }
  return expired;
}

Sessions::Lease Sessions::acquire(const QueryRequest& request) {
  if (request.session_id.empty()) return open();
  std::vector<std::unique_ptr<Session>> expired;  // closed after the lock
  const std::lock_guard lock(mutex_);
  expired = take_expired();
  const auto found = slots_.find(key_of(request));
  if (found != slots_.end()) {
    if (found->second.session) return {std::move(found->second.session), std::nullopt};
    return {nullptr, Refusal{.code = 373,
                             .name = "SESSION_IS_LOCKED",
                             .message = fmt::format("Session {} is locked by a concurrent client",
                                                    request.session_id)}};
  }
  if (request.session_check) {
    return {nullptr, Refusal{.code = 372,
                             .name = "SESSION_NOT_FOUND",
                             .message = fmt::format("Session {} not found", request.session_id)}};
  }
  Lease lease = open();
  if (lease.session) slots_[key_of(request)];
  return lease;
}

void Sessions::release(const QueryRequest& request, std::unique_ptr<Session> session) {
  if (request.session_id.empty()) return;
  const std::lock_guard lock(mutex_);
  if (request.close_session) {
    slots_.erase(key_of(request));
    return;
  }
  slots_[key_of(request)] = {std::move(session), Clock::now() + request.session_timeout};
}

void Sessions::clear() {
  const std::lock_guard lock(mutex_);
  std::erase_if(slots_, [](const auto& slot) { return slot.second.session != nullptr; });
}

}  // namespace penstock::embedded
