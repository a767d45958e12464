#include "clickhouse/insert_statement.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "clickhouse/sql_text.h"

namespace penstock::clickhouse {
namespace {

constexpr std::array<std::string_view, 34> kPlainTypes = {
    "BFloat16",   "Bool",       "Date",      "Date32",    "DateTime", "DateTime64", "Decimal",
    "Decimal128", "Decimal256", "Decimal32", "Decimal64", "Enum16",   "Enum8",      "FixedString",
    "Float32",    "Float64",    "IPv4",      "IPv6",      "Int128",   "Int16",      "Int256",
    "Int32",      "Int64",      "Int8",      "String",    "Time",     "Time64",     "UInt128",
    "UInt16",     "UInt256",    "UInt32",    "UInt64",    "UInt8",    "UUID",
};

/// Can it stand inside Nullable, and was null no value of it so far?
bool is_plain(const Type& type) {
  return std::ranges::find(kPlainTypes, type.name) != kPlainTypes.end();
}

Travel travel_of(const Block& block, std::size_t slot) {
  const std::size_t missing = block.slots()[slot].missing_rows;
  if (missing == 0) return Travel::as_is;
  if (missing == block.rows()) return Travel::left_out;
  return is_plain(block.layout().columns[slot].type) ? Travel::nullable : Travel::with_presence;
}

std::vector<Travel> travels_of(const Block& block) {
  std::vector<Travel> travels;
  for (std::size_t slot = 0; slot < block.slots().size(); ++slot) {
    travels.push_back(travel_of(block, slot));
  }
  // A block without columns has no rows either: one column goes along, all missing.
  if (!travels.empty() && std::ranges::count(travels, Travel::left_out) == std::ssize(travels)) {
    travels.front() =
        is_plain(block.layout().columns.front().type) ? Travel::nullable : Travel::with_presence;
  }
  // input() knows no DEFAULT: there, every value that may be missing needs its flag.
  if (std::ranges::count(travels, Travel::with_presence) > 0) {
    std::ranges::replace(travels, Travel::nullable, Travel::with_presence);
  }
  return travels;
}

std::string plain_insert(const Block& block, const std::vector<Travel>& travels) {
  std::vector<std::string> names;
  for (std::size_t slot = 0; slot < travels.size(); ++slot) {
    if (travels[slot] == Travel::left_out) continue;
    names.push_back(quote_name(block.layout().columns[slot].name));
  }
  return "INSERT INTO " + quote_table(block.layout().database, block.layout().table) + " (" +
         join_list(names) + ") FORMAT Native";
}

/// Every column is named as in the table, so that a DEFAULT which uses another
/// column gets the value that column ends up with.
std::string selecting_insert(const Block& block, const std::vector<Travel>& travels) {
  std::vector<std::string> names;
  std::vector<std::string> values;
  std::vector<std::string> inputs;
  for (std::size_t slot = 0; slot < travels.size(); ++slot) {
    const TableColumn& column = block.layout().columns[slot];
    const std::string type = to_string(column.type);
    const std::string name = quote_name(column.name);
    const std::string input = quote_name(value_name(block, slot, travels[slot]));
    const std::string fallback =
        "CAST((" + column.default_expression + "), " + quote_string(type) + ")";
    names.push_back(name);
    if (travels[slot] == Travel::left_out) {
      values.push_back(fallback + " AS " + name);
      continue;
    }
    inputs.push_back(input + " " + type);
    if (travels[slot] == Travel::as_is) {
      values.push_back(name);
      continue;
    }
    const std::string presence = quote_name(presence_name(slot));
    inputs.push_back(presence + " UInt8");
    values.push_back("if(" + presence + ", " + fallback + ", " + input + ") AS " + name);
  }
  return "INSERT INTO " + quote_table(block.layout().database, block.layout().table) + " (" +
         join_list(names) + ") SELECT " + join_list(values) + " FROM input(" +
         quote_string(join_list(inputs)) + ") FORMAT Native";
}

}  // namespace

std::size_t InsertPlan::columns() const {
  return static_cast<std::size_t>(std::ssize(travels) -
                                  std::ranges::count(travels, Travel::left_out) +
                                  std::ranges::count(travels, Travel::with_presence));
}

InsertPlan plan_insert(const Block& block) {
  InsertPlan plan{.travels = travels_of(block)};
  const bool selects = std::ranges::count(plan.travels, Travel::with_presence) > 0;
  plan.statement =
      selects ? selecting_insert(block, plan.travels) : plain_insert(block, plan.travels);
  return plan;
}

std::string value_name(const Block& block, std::size_t slot, Travel travel) {
  if (travel == Travel::with_presence) return "_penstock_value_" + std::to_string(slot);
  return block.layout().columns[slot].name;
}

std::string presence_name(std::size_t slot) { return "_penstock_missing_" + std::to_string(slot); }

}  // namespace penstock::clickhouse
