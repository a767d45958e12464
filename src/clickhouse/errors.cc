#include "clickhouse/errors.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace penstock::clickhouse {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kLongestText = 600;

constexpr Meaning busy(int code, std::string_view name) {
  return {code, name, Fault::remote, Recovery::retry, "clickhouse.busy"};
}
constexpr Meaning row(int code, std::string_view name) {
  return {code, name, Fault::data, Recovery::isolate, "clickhouse.rejected_value"};
}
constexpr Meaning schema(int code, std::string_view name) {
  return {code, name, Fault::user, Recovery::rebuild, "clickhouse.schema"};
}
constexpr Meaning stop(int code, std::string_view name, std::string_view our_code) {
  return {code, name, Fault::user, Recovery::stop, our_code};
}
constexpr Meaning auth(int code, std::string_view name) {
  return stop(code, name, "clickhouse.auth");
}
constexpr Meaning grant(int code, std::string_view name) {
  return stop(code, name, "clickhouse.grant");
}

// Not here, and so `stop`, because they say two things: 33 CANNOT_READ_ALL_DATA (a body
// cut on the way, or a block we wrote wrongly), 49 LOGICAL_ERROR, 62 SYNTAX_ERROR, 115
// UNKNOWN_SETTING, 271 CANNOT_DECOMPRESS, 1001 STD_EXCEPTION (anything).
constexpr std::array kMeanings = {
    busy(3, "UNEXPECTED_END_OF_FILE"),
    row(6, "CANNOT_PARSE_TEXT"),
    schema(7, "INCORRECT_NUMBER_OF_COLUMNS"),
    schema(8, "THERE_IS_NO_COLUMN"),
    schema(16, "NO_SUCH_COLUMN_IN_TABLE"),
    row(18, "CANNOT_INSERT_ELEMENT_INTO_CONSTANT_COLUMN"),
    schema(20, "NUMBER_OF_COLUMNS_DOESNT_MATCH"),
    row(25, "CANNOT_PARSE_ESCAPE_SEQUENCE"),
    row(26, "CANNOT_PARSE_QUOTED_STRING"),
    row(27, "CANNOT_PARSE_INPUT_ASSERTION_FAILED"),
    row(38, "CANNOT_PARSE_DATE"),
    row(41, "CANNOT_PARSE_DATETIME"),
    row(43, "ILLEGAL_TYPE_OF_ARGUMENT"),
    schema(44, "ILLEGAL_COLUMN"),
    schema(47, "UNKNOWN_IDENTIFIER"),
    row(53, "TYPE_MISMATCH"),
    stop(60, "UNKNOWN_TABLE", "clickhouse.missing_table"),
    row(69, "ARGUMENT_OUT_OF_BOUND"),
    row(70, "CANNOT_CONVERT_TYPE"),
    row(72, "CANNOT_PARSE_NUMBER"),
    stop(81, "UNKNOWN_DATABASE", "clickhouse.missing_table"),
    busy(95, "CANNOT_READ_FROM_SOCKET"),
    busy(107, "FILE_DOESNT_EXIST"),
    row(117, "INCORRECT_DATA"),
    row(128, "TOO_LARGE_ARRAY_SIZE"),
    row(131, "TOO_LARGE_STRING_SIZE"),
    row(153, "ILLEGAL_DIVISION"),
    busy(159, "TIMEOUT_EXCEEDED"),
    busy(160, "TOO_SLOW"),
    stop(164, "READONLY", "clickhouse.read_only"),
    busy(173, "CANNOT_ALLOCATE_MEMORY"),
    auth(192, "UNKNOWN_USER"),
    auth(193, "WRONG_PASSWORD"),
    auth(194, "REQUIRED_PASSWORD"),
    auth(195, "IP_ADDRESS_NOT_ALLOWED"),
    busy(198, "DNS_ERROR"),
    busy(201, "QUOTA_EXCEEDED"),
    busy(202, "TOO_MANY_SIMULTANEOUS_QUERIES"),
    busy(203, "NO_FREE_CONNECTION"),
    busy(209, "SOCKET_TIMEOUT"),
    busy(210, "NETWORK_ERROR"),
    // An earlier attempt of ours still runs there: wait for it.
    busy(216, "QUERY_WITH_SAME_ID_IS_ALREADY_RUNNING"),
    stop(218, "TABLE_IS_DROPPED", "clickhouse.missing_table"),
    busy(225, "NO_ZOOKEEPER"),
    busy(236, "ABORTED"),
    busy(241, "MEMORY_LIMIT_EXCEEDED"),
    // A replica without its Keeper session: it comes back.
    busy(242, "TABLE_IS_READ_ONLY"),
    busy(243, "NOT_ENOUGH_SPACE"),
    busy(244, "UNEXPECTED_ZOOKEEPER_ERROR"),
    Meaning{252, "TOO_MANY_PARTS", Fault::remote, Recovery::retry, "clickhouse.too_many_parts"},
    busy(254, "NO_ACTIVE_REPLICAS"),
    busy(265, "NO_AVAILABLE_REPLICA"),
    busy(279, "ALL_CONNECTION_TRIES_FAILED"),
    busy(285, "TOO_FEW_LIVE_REPLICAS"),
    busy(286, "UNSATISFIED_QUORUM_FOR_PREVIOUS_WRITE"),
    busy(289, "REPLICA_IS_NOT_IN_QUORUM"),
    busy(290, "LIMIT_EXCEEDED"),
    grant(291, "DATABASE_ACCESS_DENIED"),
    busy(297, "SHARD_HAS_NO_CONNECTIONS"),
    busy(319, "UNKNOWN_STATUS_OF_INSERT"),
    row(321, "VALUE_IS_OUT_OF_RANGE_OF_DATA_TYPE"),
    row(349, "CANNOT_INSERT_NULL_IN_ORDINARY_COLUMN"),
    busy(364, "RECEIVED_ERROR_TOO_MANY_REQUESTS"),
    row(376, "CANNOT_PARSE_UUID"),
    busy(384, "PART_IS_TEMPORARILY_LOCKED"),
    grant(392, "QUERY_IS_PROHIBITED"),
    busy(394, "QUERY_WAS_CANCELLED"),
    row(395, "FUNCTION_THROW_IF_VALUE_IS_NON_ZERO"),
    row(407, "DECIMAL_OVERFLOW"),
    busy(425, "SYSTEM_ERROR"),
    busy(439, "CANNOT_SCHEDULE_TASK"),
    row(441, "CANNOT_PARSE_DOMAIN_VALUE_FROM_STRING"),
    row(467, "CANNOT_PARSE_BOOL"),
    row(469, "VIOLATED_CONSTRAINT"),
    busy(473, "DEADLOCK_AVOIDED"),
    grant(497, "ACCESS_DENIED"),
    busy(499, "S3_ERROR"),
    grant(511, "UNKNOWN_ROLE"),
    grant(512, "SET_NON_GRANTED_ROLE"),
    auth(516, "AUTHENTICATION_FAILED"),
    row(675, "CANNOT_PARSE_IPV4"),
    row(676, "CANNOT_PARSE_IPV6"),
    row(691, "UNKNOWN_ELEMENT_OF_ENUM"),
    busy(692, "TOO_MANY_MUTATIONS"),
    busy(700, "USER_SESSION_LIMIT_EXCEEDED"),
    busy(733, "TABLE_IS_BEING_RESTARTED"),
    busy(745, "SERVER_OVERLOADED"),
    busy(999, "KEEPER_EXCEPTION"),
    busy(1000, "POCO_EXCEPTION"),
    busy(1002, "UNKNOWN_EXCEPTION"),
};

constexpr bool before(const Meaning& left, const Meaning& right) { return left.code < right.code; }
static_assert(std::ranges::is_sorted(kMeanings, before));

/// What a proxy or a server too busy to name a code says by the status alone.
Meaning meaning_of_status(long status) {
  switch (status) {
    case 401:
    case 403: return auth(0, "HTTP");
    case 408:
    case 429:
    case 502:
    case 503:
    case 504: return busy(0, "HTTP");
    default: return stop(0, "HTTP", "clickhouse.bad_answer");
  }
}

std::string_view cut_before(std::string_view text, std::string_view mark) {
  return text.substr(0, text.find(mark));
}

/// At most `most` bytes, no UTF-8 character cut in two.
std::string_view cut_to(std::string_view text, std::size_t most) {
  if (text.size() <= most) return text;
  while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0) == 0x80) --most;
  return text.substr(0, most);
}

/// The view in which an insert failed that its table had taken, or "".
std::string_view view_in(std::string_view text) {
  constexpr std::string_view kMark = "while pushing to view ";
  const std::size_t start = text.find(kMark);
  if (start == std::string_view::npos) return {};
  text.remove_prefix(start + kMark.size());
  text = text.substr(0, text.find_first_of(" (:"));
  return text.ends_with('.') ? text.substr(0, text.size() - 1) : text;
}

}  // namespace

std::span<const Meaning> meanings() { return kMeanings; }

Meaning meaning_of(int code) {
  const auto* found = std::ranges::lower_bound(kMeanings, code, {}, &Meaning::code);
  if (found != kMeanings.end() && found->code == code) return *found;
  return stop(code, "", "clickhouse.unknown");
}

Error refusal_error(const Refused& refused, std::string_view tried) {
  const int code = refused.code != 0 ? refused.code : code_in_text(refused.text);
  Meaning meaning = code != 0 ? meaning_of(code) : meaning_of_status(refused.status);
  // The table itself has the rows by now: sent in halves they would be there again.
  const std::string_view view = view_in(refused.text);
  if (!view.empty() && meaning.recovery == Recovery::isolate) {
    meaning = stop(meaning.code, meaning.name, "clickhouse.view");
  }
  std::string text = without_data(refused.text);
  if (!view.empty()) text += " In view " + std::string(view) + ".";
  if (text.empty()) text = code != 0 ? "error code " + std::to_string(code) : "no text";
  return {.fault = meaning.fault,
          .recovery = meaning.recovery,
          .code = meaning.our_code,
          .message = std::string(tried) + ": answered HTTP " + std::to_string(refused.status) +
                     ": " + text,
          // Merges need a moment; a quick repeat only adds to the heap of parts.
          .wait = meaning.code == 252 ? 2000ms : 0ms};
}

int code_in_text(std::string_view text) {
  constexpr std::string_view kMark = "Code: ";
  const std::size_t start = text.find(kMark);
  if (start == std::string_view::npos) return 0;
  text.remove_prefix(start + kMark.size());
  int code = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), code);
  if (failure != std::errc() || end == text.data() + text.size() || *end != '.') return 0;
  return code;
}

std::string without_data(std::string_view text) {
  text = cut_before(text, "\nRow ");
  text = cut_before(text, " Column values:");
  text = cut_before(text, " (version ");
  const std::string_view shown = cut_to(text, kLongestText);
  std::string out;
  for (const char byte : shown) {
    const bool blank = static_cast<unsigned char>(byte) < ' ' || byte == ' ';
    if (blank && (out.empty() || out.back() == ' ')) continue;
    out += blank ? ' ' : byte;
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  if (shown.size() < text.size()) out += " …";
  return out;
}

}  // namespace penstock::clickhouse
