#include "engine.h"

#include <fmt/format.h>
#include <unistd.h>

#include <stdexcept>

#include "clickhouse/sink.h"
#include "clickhouse/table.h"

namespace penstock::oracle {
namespace {

template <class T>
T must(Result<T> result) {
  if (!result.ok()) throw std::runtime_error(result.error().text());
  return std::move(result).value();
}

std::filesystem::path new_folder() {
  std::string name = std::filesystem::temp_directory_path() / "penstock-oracle-XXXXXX";
  if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no folder " + name);
  return name;
}

}  // namespace

Engine::Engine() : folder_(new_folder()) {
  std::filesystem::current_path(folder_);  // it keeps schemas of messages there
  server_ = must(embedded::Server::start({.path = folder_, .port = 0}));
  const clickhouse::DestinationSettings destination = {
      .url = fmt::format("http://127.0.0.1:{}", server_->port()), .user = ""};
  client_ = must(clickhouse::Client::make(clickhouse::client_settings(destination)));
  sink_ = must(clickhouse::make_sink(destination, {.parallel = 1}));
}

Engine::~Engine() {
  sink_.reset();
  client_.reset();
  server_->stop();
  std::error_code left_behind;
  std::filesystem::remove_all(folder_, left_behind);
}

std::string Engine::run(std::string_view statement, const clickhouse::UrlSettings& settings) {
  auto answer =
      client_->send({.query = statement, .settings = settings, .purpose = "the oracle's query"});
  if (!answer.ok())
    throw std::runtime_error(fmt::format("{}\n{}", statement, answer.error().text()));
  return std::move(answer.value().text);
}

std::string Engine::refusal_of(std::string_view insert, std::string_view body,
                               const clickhouse::UrlSettings& settings) {
  const Bytes bytes = as_bytes(body);
  const auto answer = client_->send(
      {.query = insert, .settings = settings, .body = {&bytes, 1}, .purpose = "the oracle"});
  return answer.ok() ? std::string() : answer.error().text();
}

Table Engine::describe(std::string_view table) {
  return must(clickhouse::read_table(*client_, "default", table));
}

std::string Engine::refusal_of(Block block) {
  const auto receipt = sink_->deliver({.payload = std::move(block)});
  return receipt.ok() ? std::string() : receipt.error().text();
}

}  // namespace penstock::oracle
