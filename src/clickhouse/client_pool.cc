#include "clickhouse/client_pool.h"

#include <algorithm>

namespace penstock::clickhouse {

Result<std::unique_ptr<ClientPool>> ClientPool::make(const ClientSettings& settings,
                                                     std::size_t size) {
  auto pool = std::make_unique<ClientPool>();
  for (std::size_t index = 0; index < std::max<std::size_t>(size, 1); ++index) {
    PENSTOCK_TRY(client, Client::make(settings));
    pool->free_.push_back(client.get());
    pool->all_.push_back(std::move(client));
  }
  return pool;
}

void ClientPool::abandon() noexcept {
  for (const auto& client : all_) client->abandon();
}

Client* ClientPool::take() {
  std::unique_lock lock(mutex_);
  freed_.wait(lock, [this] { return !free_.empty(); });
  // The last one back has the connection most likely to be open still.
  Client* client = free_.back();
  free_.pop_back();
  return client;
}

void ClientPool::give_back(Client* client) {
  {
    const std::lock_guard lock(mutex_);
    free_.push_back(client);
  }
  freed_.notify_one();
}

}  // namespace penstock::clickhouse
