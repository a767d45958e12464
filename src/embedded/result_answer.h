#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "embedded/answer.h"
#include "embedded/chdb.h"
#include "embedded/compression.h"
#include "embedded/stream_format.h"

namespace penstock::embedded {

/// A SELECT's result while it is read. When the query fails on the way, the
/// answer ends with ClickHouse's `__exception__` block and is broken().
class ResultAnswer final : public AnswerStream {
 public:
  struct Parts {
    std::unique_ptr<ResultStream> stream;
    Joining joining;
    std::unique_ptr<Encoder> encoder;  // null: as it is
    std::string exception_tag;         // 16 letters
    std::string version;
    std::function<void(bool failed)> ended;  // called once, before the last bytes go
  };

  /// `first` is the piece that was read to see whether the query works.
  ResultAnswer(Parts parts, QueryResult first);
  ~ResultAnswer() override;

  std::string next() override;
  bool broken() const override { return broken_; }

 private:
  std::string encode(std::string_view bytes);
  std::string finish();
  std::string fail(const Refusal& refusal);
  void end(bool failed);

  Parts parts_;
  std::optional<QueryResult> first_;
  bool ended_ = false;
  bool finished_ = false;
  bool broken_ = false;
};

/// Sixteen random letters.
std::string random_tag();

}  // namespace penstock::embedded
