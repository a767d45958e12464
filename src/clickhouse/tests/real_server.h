#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "clickhouse/sink.h"
#include "clickhouse/table.h"

namespace penstock::clickhouse {

/// Asks a running ClickHouse, embedded or not, named by the environment: what its
/// DEFAULTs, tokens and codes do is not for a fake to say. Works in a database
/// of its own, made anew for each test.
class RealServer : public ::testing::Test {
 protected:
  void SetUp() override {
    const char* url = std::getenv("PENSTOCK_TEST_CLICKHOUSE_URL");
    if (url == nullptr) GTEST_SKIP() << "PENSTOCK_TEST_CLICKHOUSE_URL is not set";
    destination_ = {.url = url, .user = "", .database = "penstock_unit", .table = "t"};
    client_ = std::move(Client::make(client_settings(destination_))).value();
    run("DROP DATABASE IF EXISTS penstock_unit");
    run("CREATE DATABASE penstock_unit");
  }

  void TearDown() override {
    if (client_) run("DROP DATABASE IF EXISTS penstock_unit");
  }

  void run(std::string_view statement) {
    const Status outcome = execute(*client_, "Testing", statement);
    ASSERT_TRUE(outcome.ok()) << outcome.error().text();
  }

  std::string ask(std::string_view query) {
    auto answer = client_->send({.query = query, .purpose = "Asking"});
    return answer.ok() ? answer.value().text : answer.error().text();
  }

  Block block_of_table() {
    auto read = read_table(*client_, "penstock_unit", "t");
    EXPECT_TRUE(read.ok()) << read.error().text();
    const Table table = std::move(read).value();
    return Block::make(std::make_shared<const BlockLayout>(
                           BlockLayout{table.database, table.name, table.columns}))
        .value();
  }

  Result<Receipt> deliver(Block block, std::string id, Compression compression = {}) {
    const auto sink = std::move(make_sink(destination_, {.compression = compression})).value();
    return sink->deliver({.payload = std::move(block), .delivery_id = std::move(id)});
  }

  DestinationSettings destination_;
  std::unique_ptr<Client> client_;
};

}  // namespace penstock::clickhouse
