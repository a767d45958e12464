#include "registry/source.h"

#include <utility>

#include "registry/errors.h"

namespace penstock::registry {
namespace {

/// A topic of nonsense names a new schema with each message.
constexpr std::size_t kMostEntries = 4096;

}  // namespace

RegistrySource::RegistrySource(std::unique_ptr<Client> client, std::optional<RegisteredSchema> own,
                               std::chrono::milliseconds missing_for)
    : client_(std::move(client)), own_(std::move(own)), missing_for_(missing_for) {}

Result<std::shared_ptr<const RegisteredSchema>> RegistrySource::find(const SchemaName& name) {
  std::unique_lock lock(mutex_);
  if (entries_.size() >= kMostEntries) forget_missing();
  Entry& entry = entries_[to_string(name)];
  if (entry.answer && Clock::now() < entry.until) return *entry.answer;
  if (entry.asked.valid()) {
    const auto asked = entry.asked;
    lock.unlock();
    return asked.get();
  }
  std::promise<Answer> promise;
  entry.asked = promise.get_future().share();
  lock.unlock();
  Answer answer = ask(name);
  lock.lock();
  keep(answer, entry);
  entry.asked = {};
  lock.unlock();
  promise.set_value(answer);
  return answer;
}

void RegistrySource::set_login(Login login) {
  if (client_) client_->set_login(std::move(login));
  const std::lock_guard lock(mutex_);
  forget_missing();
}

void RegistrySource::forget_missing() {
  std::erase_if(entries_, [](const auto& named) {
    const Entry& entry = named.second;
    return entry.answer && !entry.answer->ok() && !entry.asked.valid();
  });
}

RegistrySource::Answer RegistrySource::ask(const SchemaName& name) const {
  if (own_ && std::holds_alternative<ConfiguredSchema>(name)) {
    return std::make_shared<const RegisteredSchema>(*own_);
  }
  if (!client_) return unknown_schema("schema " + to_string(name), "the pipe names no registry");
  return client_->fetch(name);
}

void RegistrySource::keep(const Answer& answer, Entry& entry) const {
  entry.answer.reset();
  const bool missing = !answer.ok() && answer.error().code == "schema.unknown";
  if (!answer.ok() && !missing) return;
  entry.answer = answer;
  entry.until = missing ? Clock::now() + missing_for_ : Clock::time_point::max();
}

}  // namespace penstock::registry
