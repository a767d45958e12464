#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "clickhouse/client.h"
#include "contract/sink.h"
#include "embedded/server.h"
#include "model/block.h"
#include "model/table.h"

namespace penstock::oracle {

/// ClickHouse in this process, reached as Penstock reaches any: over HTTP. Its data lie in a
/// new folder that goes with it, where the process then stands. One per process.
/// Errors: std::runtime_error, here and below.
class Engine final {
 public:
  Engine();
  ~Engine();
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  /// Where it looks for the files that schemas import.
  const std::filesystem::path& schemas() const { return folder_; }

  /// Runs a statement that must succeed; gives its answer.
  std::string run(std::string_view statement, const clickhouse::UrlSettings& settings = {});
  /// Runs an INSERT whose rows are `body`; empty when it was taken, else ClickHouse's words.
  std::string refusal_of(std::string_view insert, std::string_view body,
                         const clickhouse::UrlSettings& settings);

  /// As a pipe reads its table.
  Table describe(std::string_view table);
  /// As a pipe delivers its blocks. Empty when it was taken.
  std::string refusal_of(Block block);

 private:
  std::filesystem::path folder_;
  std::unique_ptr<embedded::Server> server_;
  std::unique_ptr<clickhouse::Client> client_;
  std::unique_ptr<Sink<Block>> sink_;
};

}  // namespace penstock::oracle
