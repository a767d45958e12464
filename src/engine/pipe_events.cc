#include "engine/pipe_events.h"

#include "base/clock.h"
#include "base/error_catalog.h"

namespace penstock {
namespace {

constexpr auto kRepeatAfter = std::chrono::minutes(1);

}  // namespace

std::string_view side_of(std::string_view code) { return code.substr(0, code.find('.')); }

void PipeEvents::apply(PipeEvent event, const std::string& message) {
  const std::lock_guard lock(mutex_);
  if (move(event)) say(log::Level::info, "", message);
}

void PipeEvents::trouble(const Error& error) {
  const std::lock_guard lock(mutex_);
  move(PipeEvent::trouble);
  const std::string text = error.text();
  problems_.insert_or_assign(std::string(side_of(error.code)), text);
  in_trouble_.store(true, std::memory_order_relaxed);
  const auto now = std::chrono::steady_clock::now();
  const auto said = last_said_.find(error.code);
  if (said != last_said_.end() && now - said->second < kRepeatAfter) return;
  last_said_.insert_or_assign(std::string(error.code), now);
  say(log::Level::warning, std::string(error.code), text + "; trying again");
}

void PipeEvents::recovered(std::string_view side) {
  if (!in_trouble_.load(std::memory_order_relaxed)) return;
  const std::lock_guard lock(mutex_);
  const auto problem = problems_.find(side);
  if (problem == problems_.end()) return;
  problems_.erase(problem);
  std::erase_if(last_said_, [&](const auto& said) { return side_of(said.first) == side; });
  if (problems_.empty()) {
    in_trouble_.store(false, std::memory_order_relaxed);
    move(PipeEvent::recovered);
  }
  say(log::Level::info, "", std::string(side) + " works again");
}

void PipeEvents::give_up(const Error& error) {
  const std::lock_guard lock(mutex_);
  move(PipeEvent::give_up);
  std::string message = error.text();
  if (const auto entry = explain(error.code)) message += ". " + std::string(entry->remedy);
  problems_ = {{std::string(side_of(error.code)), message}};
  say(log::Level::error, std::string(error.code), message);
}

void PipeEvents::note(log::Level level, const std::string& code, const std::string& message) {
  const std::lock_guard lock(mutex_);
  say(level, code, message);
}

PipeState PipeEvents::state() const {
  const std::lock_guard lock(mutex_);
  return state_;
}

std::string PipeEvents::problem() const {
  const std::lock_guard lock(mutex_);
  return problems_.empty() ? "" : problems_.begin()->second;
}

bool PipeEvents::move(PipeEvent event) {
  const auto to = next(state_, event);
  if (to) state_ = *to;
  return to.has_value();
}

void PipeEvents::say(log::Level level, const std::string& code, const std::string& message) {
  std::vector<log::Field> fields{{"pipe", pipe_}, {"state", name_of(state_)}};
  if (!code.empty()) fields.emplace_back("code", code);
  log::write(level, message, fields);
  if (keep_) keep_({wall_clock_ms(), pipe_, level, state_, code, message});
}

}  // namespace penstock
