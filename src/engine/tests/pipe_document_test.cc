#include "engine/pipe_document.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "spec/read_document.h"
#include "spec/spec.h"
#include "spec/value.h"

namespace penstock {
namespace {

namespace fs = std::filesystem;

std::optional<std::string> no_variable(std::string_view) { return std::nullopt; }

fs::path in_source_tree(const std::string& path) {
  const char* root = std::getenv("PENSTOCK_SOURCE_DIR");
  return fs::path(root ? root : ".") / path;
}

std::string text_of(const fs::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

constexpr const char* kHead =
    "name: p\n"
    "source: {kafka: {format: JSONEachRow, brokers: b, topics: t}}\n"
    "destination: {table: t}\n";

PipeDocument valid(const std::string& more) {
  PipeFile file = parse_pipe_file("p.yaml", kHead + more, no_variable);
  EXPECT_EQ(spec::problems_text(file.problems, "p.yaml"), "");
  return file.pipes.at(0);
}

std::string refused(const std::string& more) {
  return spec::problems_text(parse_pipe_file("p", kHead + more, no_variable).problems, "p");
}

TEST(PipeDocument, KeepsDefaultsWhenSettingsAreAbsent) {
  const PipeDocument pipe = valid("");
  EXPECT_EQ(pipe.name, "p");
  EXPECT_FALSE(pipe.field_mappings.has_value());
  EXPECT_FALSE(pipe.settings.max_insert_rows.has_value());
  EXPECT_FALSE(pipe.settings.max_insert_bytes.has_value());
  EXPECT_EQ(pipe.settings.streaming_max_insert_wait.count(), 5000);
  EXPECT_TRUE(pipe.settings.kafka_read_committed);
}

std::string refused_columns(const std::string& columns, const std::string& more = "") {
  const std::string text =
      "name: p\n"
      "source: {kafka: {format: JSONEachRow, brokers: b, topics: t}}\n"
      "destination: {table: t, columns: [" +
      columns + "]}\n" + more;
  return spec::problems_text(parse_pipe_file("p", text, no_variable).problems, "p");
}

TEST(PipeDocument, ChecksTheTypeOfEachColumnItFills) {
  EXPECT_EQ(refused_columns("{name: a, type: 'Map(String, Array(Nullable(Decimal(9, 2))))'}"), "");
  const std::string broken = refused_columns("{name: a, type: String}, {name: b, type: 'Array('}");
  EXPECT_TRUE(broken.starts_with("p:3:")) << broken;
  EXPECT_NE(broken.find("destination.columns[1].type: must be a ClickHouse type Penstock can "
                        "write: "),
            std::string::npos)
      << broken;
  const std::string state = "{name: s, type: 'AggregateFunction(sum, UInt64)'";
  EXPECT_NE(refused_columns(state + "}").find("destination.columns[0].type: "), std::string::npos);
  const std::string id = ", {name: id, type: UInt64}";
  EXPECT_EQ(refused_columns(state + ", materialized: 'initializeAggregation(1)'}" + id), "");
  EXPECT_EQ(refused_columns(state + "}" + id,
                            "fieldMappings: [{sourceField: id, destinationField: id}]\n"),
            "")
      << "a type that is only stored";
}

TEST(PipeDocument, ReadsMappingsSettingsAndScaling) {
  const PipeDocument pipe = valid(R"(
fieldMappings:
  - {sourceField: order.id, destinationField: id}
  - {sourceField: _offset, destinationField: offset}
settings:
  streaming_max_insert_wait_ms: 100
  insert_compression: none
  kafka_read_committed: false
  kafka.fetch.max.bytes: 1000000
  clickhouse.max_partitions_per_insert_block: 0
scaling: {replicas: 1, replicaCpuMillicores: 125, replicaMemoryGb: 0.5}
)");
  ASSERT_EQ(pipe.field_mappings->size(), 2u);
  EXPECT_EQ(pipe.field_mappings->at(0).source_field, "order.id");
  EXPECT_EQ(pipe.settings.streaming_max_insert_wait.count(), 100);
  EXPECT_EQ(pipe.settings.insert_compression, InsertCompression::none);
  EXPECT_FALSE(pipe.settings.kafka_read_committed);
  EXPECT_EQ(pipe.settings.kafka_client.at("fetch.max.bytes"), "1000000");
  EXPECT_EQ(pipe.settings.clickhouse_insert.at("max_partitions_per_insert_block"), "0");
  EXPECT_EQ(pipe.scaling->replica_memory_gb, 0.5);
}

TEST(PipeDocument, WantsNameSourceAndDestination) {
  const PipeFile file = parse_pipe_file("p", "{}", no_variable);
  EXPECT_EQ(spec::problems_text(file.problems, "p"),
            "p:1:1: name: is required, e.g. orders\n"
            "p:1:1: source: is required\n"
            "p:1:1: destination: is required\n");
  const PipeFile none =
      parse_pipe_file("p", "{name: a, source: {}, destination: {table: t}}", no_variable);
  EXPECT_EQ(spec::problems_text(none.problems, "p"),
            "p:1:19: source: must name what to read from: `kafka`\n");
}

TEST(PipeDocument, RefusesMappingsThatCannotBeMeant) {
  EXPECT_EQ(refused("fieldMappings: [{sourceField: a, destinationField: x},"
                    " {sourceField: b, destinationField: x}]\n"),
            "p:4:91: fieldMappings[1].destinationField: each column must be filled once "
            "(found \"x\")\n");
  EXPECT_EQ(refused("fieldMappings: []\n"),
            "p:4:16: fieldMappings: must map a field; leave it out to map by name "
            "(found an empty list)\n");
  EXPECT_EQ(refused("fieldMappings: [{sourceField: '', destinationField: x}]\n"),
            "p:4:31: fieldMappings[0].sourceField: must be text and not empty (found \"\")\n");
}

TEST(PipeDocument, RefusesAMappingToAColumnThatIsNotListed) {
  const PipeFile file =
      parse_pipe_file("p",
                      "{name: p, source: {kafka: {format: JSONEachRow, brokers: b, topics: t}},\n"
                      "destination: {table: t, columns: [{name: amount, type: Int8}]},\n"
                      "fieldMappings: [{sourceField: a, destinationField: amuont}]}",
                      no_variable);
  EXPECT_EQ(spec::problems_text(file.problems, "p"),
            "p:3:52: fieldMappings[0].destinationField: must name one of destination.columns; "
            "did you mean `amount`? (found \"amuont\")\n");
}

TEST(PipeDocument, RefusesUnknownSettingsAndTooLittleMemory) {
  EXPECT_EQ(refused("settings: {max_insert_row: 5}\n"),
            "p:4:12: settings.max_insert_row: there is no such setting; did you mean "
            "`max_insert_rows`?\n");
  EXPECT_EQ(refused("settings: {max_insert_bytes: 200MiB}\n"),
            "p:4:11: settings.memory_limit_bytes: must be at least twice max_insert_bytes, which "
            "is 200 MiB (found 192 MiB)\n");
}

TEST(PipeDocument, ComplainsOnceAboutAValueWhoseVariableIsNotSet) {
  EXPECT_EQ(refused("settings: {max_insert_rows: \"${ROWS}\"}\n"),
            "p:4:29: settings.max_insert_rows: the environment variable `ROWS` is not set and has "
            "no default\n");
}

TEST(PipeDocument, ReadsSeveralPipesOfOneFile) {
  const std::string one = kHead;
  const PipeFile file =
      parse_pipe_file("p.yaml", one + "---\n" + one + "scaling: {replicas: 0}\n", no_variable);
  EXPECT_EQ(file.pipes.size(), 2u);
  ASSERT_EQ(file.problems.size(), 1u);
  EXPECT_EQ(file.problems[0].path, "scaling.replicas");
}

TEST(PipeDocument, ReadsTheSameFromTheYamlAndTheJsonExample) {
  const auto value = [](const std::string& name) {
    const spec::Reading reading =
        spec::read_document(text_of(in_source_tree("examples/" + name)), name);
    EXPECT_TRUE(reading.problems.empty());
    return reading.documents.at(0);
  };
  EXPECT_TRUE(spec::same_data(value("events.yaml"), value("events.json")));
}

TEST(PipeDocument, FindsNothingWrongWithTheExamples) {
  for (const char* name : {"examples/events.yaml", "examples/events.json"}) {
    const auto pipes = load_pipe_documents({in_source_tree(name).string()}, no_variable);
    ASSERT_TRUE(pipes.ok()) << pipes.error().message;
    const PipeDocument& pipe = pipes.value().at(0);
    EXPECT_EQ(pipe.source.kafka->brokers, "127.0.0.1:9092");
    EXPECT_EQ(pipe.destination.columns.size(), 11u);
    EXPECT_TRUE(clickhouse::creates_table(pipe.destination));
  }
}

TEST(PipeDocument, ReportsAFileThatCannotBeReadAndADoubledName) {
  const std::string missing = testing::TempDir() + "no_such_pipe.yaml";
  const std::string twice = in_source_tree("examples/events.json").string();
  const auto pipes = load_pipe_documents({missing, twice, twice}, no_variable);
  ASSERT_FALSE(pipes.ok());
  EXPECT_EQ(pipes.error().code, "pipe.document");
  EXPECT_EQ(pipes.error().message,
            missing + ": cannot be read: No such file or directory\n" + twice +
                ": name: each pipe must have a name of its own (found \"web-events\")");
}

TEST(PipeDocument, ReportsAFolderAndAnEmptyFile) {
  const std::string empty = testing::TempDir() + "empty_pipe.yaml";
  std::ofstream(empty).close();
  const auto files = load_pipe_files({testing::TempDir(), empty}, no_variable);
  ASSERT_EQ(files[0].problems.size(), 1u);
  EXPECT_NE(files[0].problems[0].message.find("cannot be read"), std::string::npos);
  ASSERT_EQ(files[1].problems.size(), 1u);
  EXPECT_EQ(files[1].problems[0].message, "the file holds no document");
}

TEST(PipeDocument, FindsEveryMistakeOfTheBrokenOne) {
  const std::string name = "tests/golden/documents/broken.yaml";
  const PipeFile file = parse_pipe_file(name, text_of(in_source_tree(name)), no_variable);
  const std::string expected = text_of(in_source_tree("tests/golden/documents/broken.expect"));
  std::set<std::string> paths;
  for (const auto& problem : file.problems) paths.insert(problem.path);
  EXPECT_GE(paths.size(), 25u);
  EXPECT_EQ(spec::problems_text(file.problems, name) + std::to_string(file.problems.size()) +
                " problems\n",
            expected);
}

}  // namespace
}  // namespace penstock
