#include "clickhouse/sink.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "clickhouse/client_pool.h"
#include "clickhouse/insert_statement.h"
#include "clickhouse/native_writer.h"
#include "clickhouse/query_id.h"
#include "clickhouse/sql_text.h"
#include "http/url.h"

namespace penstock::clickhouse {
namespace {

constexpr std::size_t kServersBlockRows = 1'048'449;  // ClickHouse's default max_insert_block_size

UrlSettings insert_settings(const std::string& table, const Sealed<Block>& sealed) {
  UrlSettings settings = {
      {"query_id", query_id(table, sealed.delivery_id, sealed.attempt)},
      {"async_insert", "0"},
      {"wait_end_of_query", "1"},
      {"deduplicate_blocks_in_dependent_materialized_views", "1"},
      // Null in a column that is not Nullable asks for its DEFAULT; it takes both.
      {"input_format_null_as_default", "1"},
      {"input_format_defaults_for_omitted_fields", "1"},
      // One Native block stays one insert block, so that one token stands for all of it.
      {"max_insert_block_size", std::to_string(std::max(sealed.payload.rows(), kServersBlockRows))},
      {"max_insert_threads", "1"},
  };
  if (!sealed.delivery_id.empty()) {
    settings.emplace_back("insert_deduplication_token", sealed.delivery_id);
  }
  return settings;
}

/// Adds the user's settings, but for those that carry a promise of ours.
void add_user_settings(UrlSettings& settings, const UrlSettings& user) {
  const std::size_t ours = settings.size();
  for (const auto& setting : user) {
    const auto end = settings.begin() + static_cast<std::ptrdiff_t>(ours);
    const bool taken = std::any_of(settings.begin(), end,
                                   [&](const auto& other) { return other.first == setting.first; });
    if (!taken) settings.push_back(setting);
  }
}

Encoding encoding_for(Compression compression, const std::string& url) {
  if (compression == Compression::automatic) {
    return http::is_loopback(url) ? Encoding::identity : Encoding::lz4;
  }
  return compression == Compression::lz4 ? Encoding::lz4 : Encoding::identity;
}

class BlockSink final : public Sink<Block> {
 public:
  BlockSink(std::unique_ptr<ClientPool> clients, Encoding encoding, UrlSettings settings)
      : clients_(std::move(clients)), encoding_(encoding), settings_(std::move(settings)) {}

  Result<Receipt> deliver(const Sealed<Block>& sealed) override {
    const Block& block = sealed.payload;
    if (block.rows() == 0) return Receipt{};
    const InsertPlan plan = plan_insert(block);
    NativeOutput native;
    write_native(block, plan, native);

    const std::string table = quote_table(block.layout().database, block.layout().table);
    UrlSettings settings = insert_settings(table, sealed);
    add_user_settings(settings, settings_);
    const std::string purpose = "INSERT into " + table;
    const ClientPool::Loan client(*clients_);
    PENSTOCK_TRY(answer, client->send({.query = plan.statement,
                                       .settings = std::move(settings),
                                       .body = native.pieces(),
                                       .encoding = encoding_,
                                       .purpose = purpose}));
    return Receipt{.rows = block.rows(), .wire_bytes = answer.sent_bytes};
  }

  std::size_t max_parallel() const noexcept override { return clients_->size(); }
  void abandon() override { clients_->abandon(); }

 private:
  const std::unique_ptr<ClientPool> clients_;
  const Encoding encoding_;
  const UrlSettings settings_;
};

}  // namespace

Result<std::unique_ptr<Sink<Block>>> make_sink(const DestinationSettings& destination,
                                               SinkOptions options) {
  PENSTOCK_TRY(clients, ClientPool::make(client_settings(destination), options.parallel));
  return std::unique_ptr<Sink<Block>>(std::make_unique<BlockSink>(
      std::move(clients), encoding_for(options.compression, destination.url),
      std::move(options.settings)));
}

ClientSettings client_settings(const DestinationSettings& destination) {
  return {.url = destination.url, .user = destination.user, .password = destination.password};
}

}  // namespace penstock::clickhouse
