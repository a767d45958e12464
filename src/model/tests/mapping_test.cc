#include "model/mapping.h"

#include <gtest/gtest.h>

namespace penstock {
namespace {

Table events() {
  const auto column = [](const char* name, const char* type, DefaultKind kind = DefaultKind::none) {
    return TableColumn{.name = name, .type = parse_type(type).value(), .default_kind = kind};
  };
  return {.database = "web",
          .name = "events",
          .columns = {column("id", "UInt64"), column("ts", "DateTime", DefaultKind::expression),
                      column("day", "Date", DefaultKind::materialized),
                      column("twice", "UInt64", DefaultKind::alias),
                      column("raw", "String", DefaultKind::ephemeral), column("_offset", "Int64"),
                      column("state", "String")}};
}

std::string targets(const Mapping& mapping) {
  std::string text;
  const auto& columns = mapping.layout->columns;
  for (const auto& [field, slot] : mapping.payload) text += field + ">" + columns[slot].name + " ";
  for (const auto& [column, slot] : mapping.virtuals) {
    text += std::to_string(static_cast<int>(column)) + ">" + columns[slot].name + " ";
  }
  return text;
}

TEST(Mapping, FillsWritableColumnsByNameWithoutFields) {
  auto mapping = make_mapping(events(), nullptr);
  ASSERT_TRUE(mapping.ok()) << mapping.error().message;
  EXPECT_EQ(targets(mapping.value()), "id>id ts>ts state>state 3>_offset ");
  EXPECT_EQ(mapping.value().layout->database, "web");
  EXPECT_EQ(mapping.value().layout->table, "events");
  EXPECT_EQ(mapping.value().layout->columns.size(), 4u);
}

TEST(Mapping, WritesOnlyNamedColumnsWithFields) {
  const std::vector<FieldMapping> fields{
      {"user.id", "id"}, {"text", "raw"}, {"text", "state"}, {"_partition", "_offset"}};
  auto mapping = make_mapping(events(), &fields);
  ASSERT_TRUE(mapping.ok()) << mapping.error().message;
  EXPECT_EQ(targets(mapping.value()), "user.id>id text>raw text>state 2>_offset ");
  EXPECT_EQ(mapping.value().layout->columns.size(), 4u);
}

TEST(Mapping, KnowsEveryVirtualName) {
  std::vector<FieldMapping> fields;
  Table table{.database = "d", .name = "t"};
  for (const char* name : {"_key", "_timestamp", "_partition", "_offset", "_topic", "_header_keys",
                           "_header_values", "_raw_message"}) {
    fields.push_back({.source_field = name, .destination_field = std::string("c") + name});
    table.columns.push_back({.name = std::string("c") + name, .type = {.name = "String"}});
  }
  auto mapping = make_mapping(table, &fields);
  ASSERT_TRUE(mapping.ok());
  EXPECT_TRUE(mapping.value().payload.empty());
  ASSERT_EQ(mapping.value().virtuals.size(), 8u);
  for (std::size_t i = 0; i < 8; ++i) {
    EXPECT_EQ(static_cast<std::size_t>(mapping.value().virtuals[i].column), i);
  }
}

TEST(Mapping, NamesEveryProblemAtOnce) {
  const std::vector<FieldMapping> fields{{"a", "missing"}, {"a", "day"}, {"a", "twice"},
                                         {"a", "id"},      {"b", "id"},  {"", "state"}};
  auto mapping = make_mapping(events(), &fields);
  ASSERT_FALSE(mapping.ok());
  EXPECT_EQ(mapping.error().code, "pipe.mapping");
  EXPECT_EQ(mapping.error().fault, Fault::user);
  EXPECT_EQ(mapping.error().recovery, Recovery::stop);
  const std::string& text = mapping.error().message;
  for (const char* part : {"web.events", "\"missing\" does not exist", "\"day\" is MATERIALIZED",
                           "\"twice\" is an ALIAS", "\"id\" is mapped more than once",
                           "source field for \"state\" is empty"}) {
    EXPECT_NE(text.find(part), std::string::npos) << part << " in: " << text;
  }
}

TEST(Mapping, NamesATypeThatIsNotWritten) {
  Table table = events();
  table.columns.push_back({.name = "sum", .type = {.name = "AggregateFunction"}});
  auto mapping = make_mapping(table, nullptr);
  ASSERT_FALSE(mapping.ok());
  EXPECT_NE(mapping.error().message.find("column \"sum\""), std::string::npos);
  EXPECT_NE(mapping.error().message.find("AggregateFunction"), std::string::npos);
}

TEST(Mapping, RefusesToWriteNothing) {
  const std::vector<FieldMapping> none;
  EXPECT_FALSE(make_mapping(events(), &none).ok());
}

}  // namespace
}  // namespace penstock
