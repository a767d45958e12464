#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "embedded/answer.h"
#include "embedded/backend.h"
#include "embedded/compression.h"
#include "embedded/query_run.h"
#include "embedded/request.h"

namespace penstock::embedded {

/// One HTTP request from its headers to its answer. The statement may stand in
/// the URL, in the body or in both; it starts as soon as an INSERT's rows
/// begin, so that a body of any size passes through. Threads: the request's.
class Exchange final {
 public:
  Exchange(Backend& backend, HttpRequest http);

  /// The next piece of the body, as it came.
  void take(std::string_view piece);

  /// The body is complete.
  Answer finish();

 private:
  std::optional<Refusal> open();
  std::optional<Refusal> authorise() const;
  void take_plain(std::string_view piece);
  std::optional<Refusal> read_form();
  std::optional<Refusal> close_body();
  void begin(TextEnd end);

  Backend& backend_;
  const HttpRequest http_;
  QueryRequest request_;
  std::optional<Refusal> refusal_;
  std::unique_ptr<Decoder> decoder_;
  std::string text_;     // of the statement, until it is begun
  bool in_text_ = true;  // still looking for where rows begin
  std::unique_ptr<QueryRun> run_;
};

}  // namespace penstock::embedded
