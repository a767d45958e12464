#pragma once

#include <chrono>
#include <future>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "contract/schema_source.h"
#include "registry/client.h"

namespace penstock::registry {

/// Schemas of a registry, remembered; see contract/schema_source.h.
///
/// Order: the schema the message names; for a message that names none the pipe's own, else
/// the one the registry's address names; else schema.unknown. Also a "latest" version is kept for
/// as long as the pipe runs: messages that do not say how they were written cannot follow a change.
///
/// Promises: each name is asked for once at a time however many lanes want it. What was found is
/// kept for ever, what the registry does not have for `missing_for`.
/// Threads: any.
class RegistrySource final : public SchemaSource {
 public:
  static constexpr std::chrono::seconds kMissingFor{30};

  /// `client` may be null where the pipe has a schema of its `own`.
  RegistrySource(std::unique_ptr<Client> client, std::optional<RegisteredSchema> own,
                 std::chrono::milliseconds missing_for = kMissingFor);

  Result<std::shared_ptr<const RegisteredSchema>> find(const SchemaName& name) override;

  /// For all requests from now on; what was missing is asked for again.
  void set_login(Login login);

 private:
  using Clock = std::chrono::steady_clock;
  using Answer = Result<std::shared_ptr<const RegisteredSchema>>;

  struct Entry {
    std::optional<Answer> answer;  // a schema, or that there is none
    Clock::time_point until = Clock::time_point::max();
    std::shared_future<Answer> asked;  // valid while someone asks
  };

  Answer ask(const SchemaName& name) const;
  void keep(const Answer& answer, Entry& entry) const;
  void forget_missing();  // under mutex_

  const std::unique_ptr<Client> client_;
  const std::optional<RegisteredSchema> own_;
  const std::chrono::milliseconds missing_for_;
  std::mutex mutex_;
  std::map<std::string, Entry> entries_;  // by to_string(name); under mutex_
};

}  // namespace penstock::registry
