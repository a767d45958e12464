#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "clickhouse/client.h"
#include "contract/sink.h"
#include "model/block.h"

namespace penstock {

/// A sink that creates a table the moment its first block comes by: the error
/// table of a pipe without errors is never made.
class TableMaker final : public Sink<Block> {
 public:
  /// Table name -> the statements that make it.
  using Statements = std::map<std::string, std::vector<std::string>, std::less<>>;

  TableMaker(std::unique_ptr<Sink<Block>> inner, std::unique_ptr<clickhouse::Client> client,
             Statements statements)
      : inner_(std::move(inner)), client_(std::move(client)), to_make_(std::move(statements)) {}

  Result<Receipt> deliver(const Sealed<Block>& sealed) override;
  std::size_t max_parallel() const noexcept override { return inner_->max_parallel(); }
  void abandon() override;

 private:
  Status make(const std::string& table);

  const std::unique_ptr<Sink<Block>> inner_;
  const std::unique_ptr<clickhouse::Client> client_;
  std::mutex mutex_;  // guards to_make_ and use of client_
  Statements to_make_;
};

}  // namespace penstock
