#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/error.h"

namespace penstock::clickhouse {

/// What one of ClickHouse's error codes means to us.
struct Meaning {
  int code = 0;  // ClickHouse's number
  std::string_view name;
  Fault fault{};
  Recovery recovery{};
  std::string_view our_code;
};

/// Every ClickHouse code we have an opinion about, sorted by number.
std::span<const Meaning> meanings();

/// A code that is not listed stops the pipe as clickhouse.unknown: a reason we
/// do not know must never cost data.
Meaning meaning_of(int code);

/// An answer that was not 200: HTTP status, ClickHouse's code (0 when the answer
/// names none) and its text.
struct Refused {
  long status = 0;
  int code = 0;
  std::string_view text;
};

/// The Error for a refusal. `tried` says what was asked of whom, e.g.
/// "INSERT into events at http://127.0.0.1:8123".
Error refusal_error(const Refused& refused, std::string_view tried);

/// The number in "Code: 60. DB::Exception: …", or 0.
int code_in_text(std::string_view text);

/// ClickHouse's text fit for a log line: one line, at most 600 bytes, without the
/// row values that some of its messages quote.
std::string without_data(std::string_view text);

}  // namespace penstock::clickhouse
