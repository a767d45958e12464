#include "embedded/answer.h"

#include <fmt/format.h>

#include "embedded/backend.h"

namespace penstock::embedded {
namespace {

std::string summary(const QueryCost& cost) {
  return fmt::format(
      R"({{"read_rows":"{}","read_bytes":"{}","written_rows":"{}","written_bytes":"{}",)"
      R"("total_rows_to_read":"0","result_rows":"{}","result_bytes":"{}","elapsed_ns":"{}"}})",
      cost.rows_read, cost.bytes_read, cost.rows_written, cost.bytes_written,
      cost.result_rows > 0 ? cost.result_rows : cost.rows_written,
      cost.result_bytes > 0 ? cost.result_bytes : cost.bytes_written,
      static_cast<std::uint64_t>(cost.elapsed_s * 1e9));
}

void add_common(const Backend& backend, const QueryRequest& request, Answer& answer) {
  answer.headers.emplace_back("X-ClickHouse-Server-Display-Name", backend.host_name);
  answer.headers.emplace_back("X-ClickHouse-Query-Id", request.query_id);
}

}  // namespace

Answer query_answer(const Backend& backend, const QueryRequest& request, std::string_view format,
                    const QueryCost& cost) {
  Answer answer;
  add_common(backend, request, answer);
  const auto zone = request.settings.find("session_timezone");
  answer.headers.emplace_back("Content-Type", content_type(format));
  answer.headers.emplace_back("X-ClickHouse-Format", std::string(format));
  answer.headers.emplace_back("X-ClickHouse-Timezone",
                              zone == request.settings.end() ? backend.time_zone : zone->second);
  answer.headers.emplace_back("X-ClickHouse-Summary", summary(cost));
  return answer;
}

Answer refusal_answer(const Backend& backend, const QueryRequest& request, const Refusal& refusal) {
  Answer answer = text_answer(http_status(refusal.code), refusal.text(backend.version) + "\n");
  add_common(backend, request, answer);
  answer.headers.emplace_back("X-ClickHouse-Exception-Code", std::to_string(refusal.code));
  return answer;
}

Answer text_answer(int status, std::string text) {
  Answer answer;
  answer.status = status;
  answer.headers.emplace_back("Content-Type", "text/plain; charset=UTF-8");
  answer.body = std::move(text);
  return answer;
}

std::string content_type(std::string_view format) {
  if (format.starts_with("TabSeparated") || format.starts_with("TSV")) {
    return "text/tab-separated-values; charset=UTF-8";
  }
  if (format.starts_with("CSV")) {
    return format == "CSV" ? "text/csv; charset=UTF-8; header=absent"
                           : "text/csv; charset=UTF-8; header=present";
  }
  if (format.starts_with("JSON")) {
    const bool lines = format.find("EachRow") != format.npos && format != "JSONObjectEachRow";
    return lines ? "application/x-ndjson; charset=UTF-8" : "application/json; charset=UTF-8";
  }
  if (format == "Native" || format == "Parquet" || format == "ORC" || format == "Avro" ||
      format.starts_with("RowBinary")) {
    return "application/octet-stream";
  }
  if (format == "Arrow" || format == "ArrowStream") return "application/vnd.apache.arrow.stream";
  if (format == "XML") return "application/xml; charset=UTF-8";
  return "text/plain; charset=UTF-8";
}

}  // namespace penstock::embedded
