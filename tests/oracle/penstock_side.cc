#include <fmt/format.h>

#include <optional>
#include <stdexcept>

#include "format.h"

namespace penstock::oracle {
namespace {

/// Columns whose text does not say which of several types a value has.
bool hides_types(const Type& type) {
  if (type.is("Variant") || type.is("Geometry") || type.is("Dynamic") || type.is("JSON"))
    return true;
  for (const Type& inner : type.arguments) {
    if (hides_types(inner)) return true;
  }
  return false;
}

using Rows = std::vector<std::vector<std::string>>;

std::vector<std::string> split(std::string_view text, char at) {
  std::vector<std::string> parts(1);
  for (const char c : text) {
    if (c == at) {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  return parts;
}

RecordBatch batch_of(const std::vector<std::string>& messages) {
  RecordBatch batch;
  batch.topic = "oracle";
  for (std::size_t index = 0; index < messages.size(); ++index) {
    batch.values.push_back(as_bytes(messages[index]));
    batch.keys.emplace_back();
    batch.offsets.push_back(static_cast<std::int64_t>(index));
    batch.timestamps_ms.push_back(0);
  }
  return batch;
}

/// One block at once or, when the server refuses that, row by row.
void deliver(Engine& engine, const Block& block, const Table& ours,
             std::vector<Outcome>& outcomes) {
  if (block.rows() == 0) return;
  const auto message_of = [&](std::size_t row) -> Outcome& {
    return outcomes.at(static_cast<std::size_t>(block.origin(row).offset));
  };
  std::vector<std::size_t> delivered;
  if (engine.refusal_of(block.slice(0, block.rows())).empty()) {
    for (std::size_t row = 0; row < block.rows(); ++row) delivered.push_back(row);
  } else {
    for (std::size_t row = 0; row < block.rows(); ++row) {
      const std::string refusal = engine.refusal_of(block.slice(row, 1));
      if (refusal.empty()) {
        delivered.push_back(row);
      } else {
        message_of(row) = {.why = "the server refused our row: " + refusal};
      }
    }
  }
  Rows rows = read_rows(engine, ours);
  if (rows.size() != delivered.size()) throw std::runtime_error("rows of ours were lost");
  for (std::size_t index = 0; index < rows.size(); ++index) {
    message_of(delivered[index]).rows.push_back(std::move(rows[index]));
  }
}

/// All rows, or one of them.
Rows select_rows(Engine& engine, const Table& table, std::optional<std::size_t> only = {}) {
  std::vector<std::string> values;
  for (const TableColumn& column : table.columns) {
    const std::string name = fmt::format("`{}`", column.name);
    values.push_back(
        hides_types(column.type)
            ? fmt::format("concat(hex(formatRow('RowBinary', {0})), ' ', toString({0}))", name)
            : name);
  }
  // Seconds tell apart the two hours that a clock shows twice.
  const clickhouse::UrlSettings settings = {{"date_time_output_format", "unix_timestamp"},
                                            {"max_threads", "1"}};
  const std::string part = only ? fmt::format(" LIMIT 1 OFFSET {}", *only) : "";
  const std::string text = engine.run(
      fmt::format("SELECT {} FROM {}{} FORMAT TSV", fmt::join(values, ", "), table.name, part),
      settings);
  Rows rows;
  for (const std::string& line : split(text, '\n')) rows.push_back(split(line, '\t'));
  rows.pop_back();
  return rows;
}

/// Of a table of one column.
std::vector<std::string> read_column(Engine& engine, const Table& table, std::size_t rows) {
  std::vector<std::string> texts;
  try {
    for (const auto& row : select_rows(engine, table)) texts.push_back(row.front());
    return texts;
  } catch (const std::runtime_error&) {
  }
  for (std::size_t row = 0; row < rows; ++row) {
    std::string text = "<unreadable>";
    try {
      text = select_rows(engine, table, row).front().front();
    } catch (const std::runtime_error&) {
    }
    texts.push_back(std::move(text));
  }
  return texts;
}

/// ClickHouse's own parser can store what ClickHouse cannot print, such as an enum's value
/// without a name.
Rows read_by_column(Engine& engine, const Table& table) {
  Rows rows(std::stoul(engine.run(fmt::format("SELECT count() FROM {}", table.name))));
  for (const TableColumn& column : table.columns) {
    Table narrow = table;
    narrow.columns = {column};
    const auto texts = read_column(engine, narrow, rows.size());
    for (std::size_t row = 0; row < rows.size(); ++row) rows[row].push_back(texts[row]);
  }
  return rows;
}

}  // namespace

Rows read_rows(Engine& engine, const Table& table) {
  try {
    return select_rows(engine, table);
  } catch (const std::runtime_error&) {
    return read_by_column(engine, table);
  }
}

std::vector<Outcome> ask_penstock(Engine& engine, Format& format, const Table& ours,
                                  const std::vector<std::string>& messages) {
  auto mapping = make_mapping(ours, nullptr);
  if (!mapping.ok()) throw std::runtime_error(mapping.error().text());
  auto block = Block::make(mapping.value().layout);
  if (!block.ok()) throw std::runtime_error(block.error().text());
  auto decoder = format.make_decoder(mapping.value());
  if (!decoder.ok()) throw std::runtime_error(decoder.error().text());

  std::vector<Reject> rejects;
  const Status status = decoder.value()->decode(batch_of(messages), block.value(), rejects);
  if (!status.ok()) throw std::runtime_error(status.error().text());

  std::vector<Outcome> outcomes(messages.size(), Outcome{.taken = true});
  for (const Reject& reject : rejects) {
    outcomes.at(reject.record) = {.column = reject.field,
                                  .why = fmt::format("{}: {}", reject.code, reject.detail)};
  }
  deliver(engine, block.value(), ours, outcomes);
  return outcomes;
}

}  // namespace penstock::oracle
