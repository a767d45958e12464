#include "engine/draft.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace penstock {
namespace {

constexpr std::string_view kSource =
    "source: {kafka: {type: kafka, format: JSONEachRow, brokers: \"b:1\", topics: \"my.topic, "
    "b\"}}\n";

const spec::Environment kNothingSet = [](std::string_view) { return std::nullopt; };

Proposal proposal_of(std::vector<std::pair<std::string, std::string>> fields) {
  Proposal proposal;
  for (const auto& [name, field] : fields) {
    proposal.columns.push_back({.name = name,
                                .field = field,
                                .chosen = {{.name = "Int64"}, {{"", "whole"}, {".x", "part"}}}});
  }
  proposal.sorting_key = {{fields.front().first}, "it comes first"};
  return proposal;
}

Draft draft_of(std::string_view text, const spec::Environment& environment = kNothingSet) {
  auto draft = read_draft("draft.yaml", text, environment);
  if (!draft.ok()) throw std::runtime_error(draft.error().text());
  return std::move(draft).value();
}

FinishedDraft finished_of(const Draft& draft, const Proposal& proposal) {
  auto finished = finish_draft(draft, proposal);
  if (!finished.ok()) throw std::runtime_error(finished.error().text());
  return std::move(finished).value();
}

TEST(Draft, IsNamedAfterItsFirstTopicWhereItHasNoName) {
  const Draft draft = draft_of(kSource);
  EXPECT_EQ(draft.pipe.name, "my_topic");
  EXPECT_EQ(draft.pipe.destination.table, "my_topic");
}

TEST(Draft, MustHaveASource) {
  for (const std::string_view text :
       {"name: x\n", "[]\n", "", "source: {kafka: {topics: [a]}}\n"}) {
    const auto draft = read_draft("draft.yaml", text, kNothingSet);
    ASSERT_FALSE(draft.ok()) << text;
    EXPECT_EQ(draft.error().code, "pipe.document");
  }
}

TEST(FinishedDraft, ReadsAsTheDocumentAPersonWouldRun) {
  const FinishedDraft finished =
      finished_of(draft_of(kSource), proposal_of({{"a b", "a b"}, {"c", "c"}}));
  const PipeFile file = parse_pipe_file(
      "finished.yaml", spec::write_yaml(finished.document, finished.comments), kNothingSet);
  ASSERT_TRUE(file.problems.empty()) << spec::problems_text(file.problems, "");
  const auto& destination = file.pipes.at(0).destination;
  EXPECT_EQ(destination.columns.at(1).type, "Int64");
  EXPECT_EQ(destination.table_definition.value().sorting_key, std::vector<std::string>{"`a b`"});
  EXPECT_EQ(file.pipes.at(0).field_mappings, std::nullopt);
  EXPECT_NE(finished.create_table.find("ORDER BY (`a b`)"), std::string::npos);
  EXPECT_EQ(finished.comments.at("destination.columns[0]"),
            (std::vector<std::string>{"whole", "  .x: part"}));
}

TEST(FinishedDraft, MapsEveryFieldOnceOneColumnIsCalledOtherwise) {
  const FinishedDraft finished =
      finished_of(draft_of(kSource), proposal_of({{"a_b", "a.b"}, {"c", "c"}}));
  ASSERT_EQ(finished.pipe.field_mappings.value().size(), 2u);
  EXPECT_EQ(finished.pipe.field_mappings->at(0).source_field, "a.b");
}

TEST(FinishedDraft, KeepsReferencesAndHidesSecrets) {
  const auto with_password = [](std::string_view password) {
    return finished_of(draft_of(fmt::format("{}destination: {{password: {}}}\n", kSource, password),
                                [](std::string_view) { return "from outside"; }),
                       proposal_of({{"c", "c"}}));
  };
  const auto written = [](const FinishedDraft& finished) {
    return spec::scalar_text(*finished.document.find("destination")->find("password"));
  };
  EXPECT_EQ(written(with_password("'${PASSWORD}'")), "${PASSWORD}");
  EXPECT_EQ(written(with_password("'${PASSWORD:-}'")), "${PASSWORD:-}");
  EXPECT_EQ(written(with_password("''")), "");
  EXPECT_TRUE(with_password("'${PASSWORD}'").notes.empty());
  for (const auto secret : {"hunter2", "'${PASSWORD:-hunter2}'", "'${A}hunter2'", "'42'"}) {
    const FinishedDraft finished = with_password(secret);
    EXPECT_EQ(written(finished), "${PENSTOCK_DESTINATION_PASSWORD}") << secret;
    EXPECT_EQ(finished.notes.size(), 1u);
  }
  EXPECT_EQ(with_password("hunter2").pipe.destination.password, "hunter2");
}

}  // namespace
}  // namespace penstock
