#include "event_set.h"

#include <fmt/format.h>

#include "produce/event.h"
#include "produce/order.h"

namespace penstock::bench {
namespace {

constexpr std::uint64_t kSeed = 1;
constexpr std::size_t kTimesWider = 10;

Mapping mapping_of(const std::vector<std::pair<std::string, std::string>>& columns) {
  Table table{.database = "default", .name = "events"};
  for (const auto& [name, type] : columns) {
    table.columns.push_back({.name = name, .type = must(parse_type(type))});
  }
  return must(make_mapping(table, nullptr));
}

/// Each column as often as the message repeats it: id, id_1, id_2, …
Mapping mapping_of(std::span<const produce::TableColumn> columns, std::size_t times) {
  std::vector<std::pair<std::string, std::string>> repeated;
  for (std::size_t time = 0; time < times; ++time) {
    for (const produce::TableColumn& column : columns) {
      std::string name(column.name);
      if (time > 0) name += fmt::format("_{}", time);
      repeated.emplace_back(std::move(name), column.type);
    }
  }
  return mapping_of(repeated);
}

std::string wide_event(std::size_t id) {
  std::string object;
  for (std::size_t time = 0; time < kTimesWider; ++time) {
    std::string part = produce::to_json(produce::make_event(kSeed, id * kTimesWider + time));
    if (time > 0) {
      for (const produce::TableColumn& column : produce::event_columns()) {
        const auto key = fmt::format("\"{}\":", column.name);
        part.replace(part.find(key), key.size(), fmt::format("\"{}_{}\":", column.name, time));
      }
    }
    part.front() = time == 0 ? '{' : ',';
    part.pop_back();
    object.append(part);
  }
  object.push_back('}');
  return object;
}

std::string json_event(std::string_view kind, std::size_t id) {
  if (kind == "web") return produce::to_json(produce::make_event(kSeed, id));
  if (kind == "order") return produce::make_order(kSeed, id).json;
  if (kind == "long_order") return produce::make_order(kSeed, id, produce::kLongOrder).json;
  if (kind == "wide") return wide_event(id);
  std::cerr << kind << " is no kind of event: web, order, long_order or wide\n";
  std::exit(2);
}

}  // namespace

EventSet make_events(std::string_view kind, std::size_t bytes, produce::MessageFormat format) {
  const bool has_frame = format == produce::MessageFormat::avro;
  const auto schema_id = has_frame ? std::optional<std::uint32_t>(1) : std::nullopt;
  EventSet set;
  for (std::size_t id = 0, json_bytes = 0; json_bytes < bytes; ++id) {
    std::string json = json_event(kind, id);
    json_bytes += json.size();
    set.texts.push_back(produce::in_format(format, kind, std::move(json), schema_id));
    set.bytes += set.texts.back().size();
    set.batch.keys.emplace_back();
    set.batch.offsets.push_back(static_cast<std::int64_t>(id));
    set.batch.timestamps_ms.push_back(0);
  }
  for (const std::string& text : set.texts) set.batch.values.push_back(as_bytes(text));
  set.batch.span.records = static_cast<std::uint32_t>(set.texts.size());
  if (kind == "order" || kind == "long_order") {
    set.mapping = mapping_of(produce::order_columns(), 1);
  } else {
    set.mapping = mapping_of(produce::event_columns(), kind == "wide" ? kTimesWider : 1);
  }
  return set;
}

}  // namespace penstock::bench
