#include "model/mapping.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>

namespace penstock {
namespace {

constexpr std::array<std::pair<std::string_view, VirtualColumn>, 8> kVirtualNames{{
    {"_key", VirtualColumn::key},
    {"_timestamp", VirtualColumn::timestamp},
    {"_partition", VirtualColumn::partition},
    {"_offset", VirtualColumn::offset},
    {"_topic", VirtualColumn::topic},
    {"_header_keys", VirtualColumn::header_keys},
    {"_header_values", VirtualColumn::header_values},
    {"_raw_message", VirtualColumn::raw_message},
}};

std::string quoted(std::string_view name) { return "\"" + std::string(name) + "\""; }

/// Takes pairs one by one and remembers every one that cannot be.
class MappingBuilder {
 public:
  MappingBuilder(const Table& table, Tombstones tombstones)
      : table_(table), tombstones_(tombstones) {
    layout_.database = table.database;
    layout_.table = table.name;
  }

  void add(const std::string& field, const TableColumn& column) {
    if (auto made = make_column(column.type); !made.ok()) {
      problem("column " + quoted(column.name) + ": " + made.error().message);
    }
    const std::size_t slot = layout_.columns.size();
    layout_.columns.push_back(column);
    if (const auto found = metadata(field)) {
      virtuals_.push_back({.column = *found, .slot = slot});
    } else {
      payload_.push_back({.field = field, .slot = slot});
      if (is_in_sorting_key(column.name, table_.sorting_key)) sorting_slots_.push_back(slot);
    }
  }

  void add(const FieldMapping& pair) {
    const std::string name = quoted(pair.destination_field);
    const TableColumn* column = table_.find(pair.destination_field);
    if (pair.source_field.empty()) return problem("the source field for " + name + " is empty");
    if (column == nullptr) return problem("column " + name + " does not exist");
    if (column->default_kind == DefaultKind::materialized) {
      return problem("column " + name + " is MATERIALIZED: the server computes it");
    }
    if (column->default_kind == DefaultKind::alias) {
      return problem("column " + name + " is an ALIAS: it holds no data");
    }
    if (is_taken(column->name)) return problem("column " + name + " is mapped more than once");
    add(pair.source_field, *column);
  }

  Result<Mapping> finish() && {
    if (layout_.columns.empty() && problems_.empty()) problem("no column would be written");
    if (!problems_.empty()) {
      return Error{.fault = Fault::user,
                   .recovery = Recovery::stop,
                   .code = "pipe.mapping",
                   .message = "table " + table_.database + "." + table_.name + ": " + problems_};
    }
    return Mapping{.layout = std::make_shared<const BlockLayout>(std::move(layout_)),
                   .payload = std::move(payload_),
                   .virtuals = std::move(virtuals_),
                   .sorting_slots = std::move(sorting_slots_),
                   .tombstones = tombstones_};
  }

 private:
  std::optional<VirtualColumn> metadata(std::string_view field) const {
    const bool is_mark = field == "_is_deleted" && tombstones_ != Tombstones::leave_nothing;
    return is_mark ? VirtualColumn::is_deleted : virtual_column(field);
  }

  void problem(const std::string& text) {
    if (!problems_.empty()) problems_ += "; ";
    problems_ += text;
  }

  bool is_taken(std::string_view name) const {
    return std::ranges::find(layout_.columns, name, &TableColumn::name) != layout_.columns.end();
  }

  const Table& table_;
  const Tombstones tombstones_;
  BlockLayout layout_;
  std::vector<PayloadTarget> payload_;
  std::vector<VirtualTarget> virtuals_;
  std::vector<std::size_t> sorting_slots_;
  std::string problems_;
};

bool is_filled_by_name(const TableColumn& column) {
  return column.default_kind == DefaultKind::none || column.default_kind == DefaultKind::expression;
}

}  // namespace

std::optional<VirtualColumn> virtual_column(std::string_view name) {
  for (const auto& [known, column] : kVirtualNames) {
    if (known == name) return column;
  }
  return std::nullopt;
}

Result<Mapping> make_mapping(const Table& table, const std::vector<FieldMapping>* fields,
                             Tombstones tombstones) {
  MappingBuilder builder(table, tombstones);
  if (fields != nullptr) {
    for (const FieldMapping& pair : *fields) builder.add(pair);
  } else {
    for (const TableColumn& column : table.columns) {
      if (is_filled_by_name(column)) builder.add(column.name, column);
    }
  }
  return std::move(builder).finish();
}

}  // namespace penstock
