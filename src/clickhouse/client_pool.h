#pragma once

#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <vector>

#include "clickhouse/client.h"

namespace penstock::clickhouse {

/// Clients for deliveries that run at the same time, each lent to one thread.
/// Threads: any.
class ClientPool {
 public:
  static Result<std::unique_ptr<ClientPool>> make(const ClientSettings& settings, std::size_t size);

  /// A client until the loan ends.
  class Loan {
   public:
    explicit Loan(ClientPool& pool) : pool_(pool), client_(pool.take()) {}
    ~Loan() { pool_.give_back(client_); }
    Loan(const Loan&) = delete;
    Loan& operator=(const Loan&) = delete;
    Client& operator*() const noexcept { return *client_; }
    Client* operator->() const noexcept { return client_; }

   private:
    ClientPool& pool_;
    Client* const client_;
  };

  std::size_t size() const noexcept { return all_.size(); }
  void abandon() noexcept;

 private:
  Client* take();
  void give_back(Client* client);

  std::vector<std::unique_ptr<Client>> all_;  // never changes once made
  std::mutex mutex_;
  std::condition_variable freed_;
  std::vector<Client*> free_;  // guarded by mutex_
};

}  // namespace penstock::clickhouse
