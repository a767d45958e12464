#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "clickhouse/error_rows.h"
#include "contract/decoder.h"
#include "model/block.h"

namespace penstock {

/// Decodes error rows as the pipe would decode their messages today.
///
/// Threads: one. Errors: those of Decoder.
class ErrorDecoding {
 public:
  /// Repairs a message; none: leave it where it is.
  using Edit = std::function<std::optional<std::string>(const clickhouse::ErrorRow&)>;

  /// `edit` may be empty: messages are decoded as they are.
  ErrorDecoding(std::shared_ptr<const BlockLayout> layout, std::unique_ptr<Decoder> decoder,
                Edit edit)
      : layout_(std::move(layout)), decoder_(std::move(decoder)), edit_(std::move(edit)) {}

  struct Unfit {
    clickhouse::MessagePosition position;
    std::string field;  // "" when it concerns the whole message
    std::string reason;
  };
  struct Sorted {
    std::vector<clickhouse::ErrorRow> fitting;  // edited
    std::vector<Unfit> unfit;
  };

  /// Edits them and finds out which become rows.
  Result<Sorted> sort(std::vector<clickhouse::ErrorRow> rows);

  /// The block of rows that fit.
  Result<Block> decode(std::span<const clickhouse::ErrorRow> rows);

 private:
  Sorted edit(std::vector<clickhouse::ErrorRow> rows) const;

  const std::shared_ptr<const BlockLayout> layout_;
  const std::unique_ptr<Decoder> decoder_;
  const Edit edit_;
};

}  // namespace penstock
