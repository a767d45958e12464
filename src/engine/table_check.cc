#include "engine/table_check.h"

#include "clickhouse/client.h"
#include "clickhouse/described_table.h"
#include "clickhouse/sink.h"
#include "clickhouse/table.h"
#include "engine/pipe_parts.h"

namespace penstock {

Result<std::vector<std::string>> check_table(const PipeDocument& document) {
  const clickhouse::DestinationSettings& destination = document.destination;
  PENSTOCK_TRY(client, clickhouse::Client::make(clickhouse::client_settings(destination)));
  const auto found = clickhouse::read_table(*client, destination.database, destination.table);
  if (!found.ok()) {
    const bool is_to_be_made =
        found.error().code == "clickhouse.missing_table" && clickhouse::creates_table(destination);
    if (!is_to_be_made) return found.error();
    return std::vector<std::string>{"does not exist yet; the pipe will create it"};
  }
  PENSTOCK_TRY(mapping, map_table(document, found.value()));
  PENSTOCK_TRY(asked, clickhouse::find_destination(*client, destination, mapping,
                                                   insert_settings(document.settings), false));
  std::vector<std::string> sentences = clickhouse::differences(destination, found.value());
  const clickhouse::DeliveryGuarantee& guarantee = asked.guarantee;
  sentences.insert(sentences.end(), guarantee.remarks.begin(), guarantee.remarks.end());
  sentences.push_back(to_string(guarantee));
  return sentences;
}

}  // namespace penstock
