#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "embedded/chdb.h"
#include "embedded/refusal.h"
#include "embedded/request.h"

namespace penstock::embedded {

struct Backend;

/// The pieces of an answer that is still being made.
class AnswerStream {
 public:
  virtual ~AnswerStream() = default;
  /// The next bytes to send; empty at the end.
  virtual std::string next() = 0;
  /// The answer ended early: the connection must not end it in good order.
  virtual bool broken() const = 0;
};

/// Everything that goes back for one request.
struct Answer {
  int status = 200;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
  std::unique_ptr<AnswerStream> stream;  // if set, the body comes from here
};

/// Headers that every answer to a query carries.
Answer query_answer(const Backend& backend, const QueryRequest& request, std::string_view format,
                    const QueryCost& cost);

/// ClickHouse's error text with its HTTP status.
Answer refusal_answer(const Backend& backend, const QueryRequest& request, const Refusal& refusal);

/// A fixed text, for /ping and its like.
Answer text_answer(int status, std::string text);

/// The Content-Type that ClickHouse sends for an output format.
std::string content_type(std::string_view format);

}  // namespace penstock::embedded
