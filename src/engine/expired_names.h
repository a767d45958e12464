#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "clickhouse/token_window.h"
#include "contract/range_rows.h"
#include "contract/sink.h"
#include "engine/missing_rows.h"
#include "model/block.h"

namespace penstock {

/// `settings.on_expired_token`: what to do about an insert that may have been made already, under a
/// name that ClickHouse may have forgotten since.
enum class OnExpiredToken : std::uint8_t {
  ask,                // the table which records it holds; where it cannot tell, as `pause`
  accept_duplicates,  // send it
  pause,              // a person decides
};

/// Knows when the destination may no longer know the name of a block that somebody may have sent
/// before, and finds out what of it is missing.
///
/// Threads: any.
class ExpiredNames {
 public:
  struct Parts {
    OnExpiredToken policy = OnExpiredToken::ask;
    clickhouse::TokenWindow window;
    std::string why_not_asked;          // empty: both of the next are there
    std::unique_ptr<RangeRows> rows;    // of the destination's table
    std::unique_ptr<RangeRows> errors;  // of the error table
    std::shared_ptr<const BlockLayout> errors_layout;
  };

  explicit ExpiredNames(Parts parts) : parts_(std::move(parts)) {}

  /// Somebody may have sent the block before, and the name may be forgotten since. `now_ms`: since
  /// 1970.
  bool may_be_forgotten(const Sealed<Block>& sealed, std::int64_t now_ms) const;
  /// Another process planned it, may have cut it where rows were refused, and stored parts of it,
  /// which the name does not tell; false where nobody can tell.
  bool may_be_cut(const Sealed<Block>& sealed) const;
  /// Somebody may have sent it before, and the name may be remembered without the rows; false
  /// where nobody can tell. Errors: those of RangeRows::may_be_hollow().
  Result<bool> may_be_hollow(const Sealed<Block>& sealed) const;

  /// What of the block is still to be sent: all rows, some or none. Errors: engine.expired_name
  /// when nobody can tell and the policy is not to guess; those of RangeRows::stored().
  Result<std::vector<RowRange>> missing(const Sealed<Block>& sealed) const;

  /// Makes missing() under way return soon, with an error.
  void abandon() const;

 private:
  RangeRows& table_of(const Sealed<Block>& sealed) const;
  bool can_ask() const {
    return parts_.policy == OnExpiredToken::ask && parts_.why_not_asked.empty();
  }

  const Parts parts_;
};

}  // namespace penstock
