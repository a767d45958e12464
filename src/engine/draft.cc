#include "engine/draft.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <utility>

#include "clickhouse/create_table.h"
#include "clickhouse/sql_text.h"
#include "spec/path.h"
#include "spec/read_document.h"
#include "spec/shape.h"
#include "spec/spec.h"

namespace penstock {
namespace {

using spec::Value;

Value text_value(std::string text) { return Value(std::move(text)); }

Value* find(Value& value, std::string_view key) {
  auto* entries = value.get_if<Value::Map>();
  if (entries == nullptr) return nullptr;
  const auto found = std::ranges::find(*entries, key, &spec::Entry::key);
  return found == entries->end() ? nullptr : &found->value;
}

/// The member, made where it is missing. `map` holds a map.
Value& member(Value& map, const std::string& key, bool in_front = false) {
  if (Value* found = find(map, key)) return *found;
  auto& entries = *map.get_if<Value::Map>();
  const auto at = in_front ? entries.begin() : entries.end();
  return entries.insert(at, spec::Entry{.key = key})->value;
}

void remove(Value& map, std::string_view key) {
  auto* entries = map.get_if<Value::Map>();
  if (entries == nullptr) return;
  std::erase_if(*entries, [&](const spec::Entry& entry) { return entry.key == key; });
}

Error problems_error(const std::vector<spec::Problem>& problems, std::string_view path) {
  std::string text = spec::problems_text(problems, path);
  if (text.ends_with('\n')) text.pop_back();
  return {.fault = Fault::user,
          .recovery = Recovery::stop,
          .code = "pipe.document",
          .message = std::move(text)};
}

/// A name made of what every system takes: letters, digits and underscores.
std::string name_after(std::string_view topics) {
  std::string name(topics.substr(0, topics.find(',')));
  const auto is_odd = [](unsigned char c) { return std::isalnum(c) == 0; };
  std::replace_if(name.begin(), name.end(), is_odd, '_');
  return name;
}

std::string first_topic(Value document, const spec::Environment& environment) {
  std::vector<spec::Problem> ignored;
  spec::substitute(document, environment, ignored);
  const Value* at = document.find("source");
  for (const std::string_view key : {"kafka", "topics"}) at = at == nullptr ? at : at->find(key);
  return at == nullptr ? "" : name_after(spec::scalar_text(*at));
}

/// Puts in what can be guessed.
void complete(Value& document, const spec::Environment& environment) {
  const std::string topic = first_topic(document, environment);
  if (topic.empty()) return;
  Value& name = member(document, "name", true);
  if (name.is_null()) name = text_value(topic);
  Value& destination = member(document, "destination");
  if (destination.is_null()) destination = Value(Value::Map{});
  if (destination.get_if<Value::Map>() == nullptr) return;
  Value& table = member(destination, "table");
  if (table.is_null()) table = text_value(topic);
}

bool is_reference(std::string_view text) {
  const bool whole = text.starts_with("${") && text.find('}') == text.size() - 1;
  const auto fallback = text.find(":-");
  return whole && (fallback == text.npos || fallback + 3 == text.size());
}

/// Replaces the secrets somebody wrote out by variables.
class SecretsHidden {
 public:
  /// `masked`: the same tree with "***" for every secret.
  void walk(Value& value, const Value& masked, const std::string& path) {
    if (auto* map = value.get_if<Value::Map>()) {
      if (masked.get_if<Value::Map>() == nullptr) return hide(value, path);
      for (spec::Entry& entry : *map) {
        walk(entry.value, *masked.find(entry.key), spec::path_to(path, entry.key));
      }
    } else if (auto* list = value.get_if<Value::List>()) {
      const auto* other = masked.get_if<Value::List>();
      if (other == nullptr) return hide(value, path);
      for (std::size_t i = 0; i < list->size(); ++i) {
        walk((*list)[i], (*other)[i], spec::path_to(path, i));
      }
    } else if (!spec::same_data(value, masked)) {
      const std::string text = spec::scalar_text(value);
      if (!text.empty() && !is_reference(text)) hide(value, path);
    }
  }

  /// Variable -> what stood there.
  const std::map<std::string, std::string, std::less<>>& variables() const { return variables_; }

 private:
  void hide(Value& value, const std::string& path) {
    std::string name = "PENSTOCK";
    bool inside = false;
    for (const char c : "." + path) {
      const bool fits = std::isalnum(static_cast<unsigned char>(c)) != 0;
      if (fits && !inside) name += '_';
      if (fits) name += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
      inside = fits;
    }
    variables_[name] = spec::scalar_text(value);
    value = text_value("${" + name + "}");
  }

  std::map<std::string, std::string, std::less<>> variables_;
};

Value column_value(const ProposedColumn& column) {
  return Value(Value::Map{{.key = "name", .value = text_value(column.name)},
                          {.key = "type", .value = text_value(to_string(column.chosen.type))}});
}

Value mapping_value(const ProposedColumn& column) {
  return Value(Value::Map{{.key = "sourceField", .value = text_value(column.field)},
                          {.key = "destinationField", .value = text_value(column.name)}});
}

std::string key_expression(const std::string& column) {
  const auto is_odd = [](unsigned char c) { return std::isalnum(c) == 0 && c != '_'; };
  const bool plain = !column.empty() && std::isdigit(static_cast<unsigned char>(column[0])) == 0 &&
                     std::none_of(column.begin(), column.end(), is_odd);
  return plain ? column : clickhouse::quote_name(column);
}

void add_columns(const Proposal& proposal, Value& destination, spec::Comments& comments) {
  Value::List columns;
  for (const ProposedColumn& column : proposal.columns) {
    auto& lines = comments[spec::path_to("destination.columns", columns.size())];
    for (const Reason& reason : column.chosen.reasons) {
      lines.push_back(reason.path.empty() ? reason.text : "  " + reason.path + ": " + reason.text);
    }
    columns.push_back(column_value(column));
  }
  member(destination, "columns") = Value(std::move(columns));
}

void add_sorting_key(const SortingKey& key, Value& destination, spec::Comments& comments) {
  Value& definition = member(destination, "tableDefinition");
  if (definition.is_null()) definition = Value(Value::Map{});
  if (definition.get_if<Value::Map>() == nullptr || definition.find("sortingKey") != nullptr)
    return;
  Value::List columns;
  for (const std::string& column : key.columns)
    columns.push_back(text_value(key_expression(column)));
  member(definition, "sortingKey") = Value(std::move(columns));
  comments["destination.tableDefinition.sortingKey"] = {key.reason};
}

/// Mappings are only needed where a column has another name than its field.
void add_mappings(const Proposal& proposal, Value& document) {
  const auto keeps_name = [](const ProposedColumn& column) { return column.name == column.field; };
  if (std::ranges::all_of(proposal.columns, keeps_name)) return;
  Value::List mappings;
  for (const ProposedColumn& column : proposal.columns) mappings.push_back(mapping_value(column));
  member(document, "fieldMappings") = Value(std::move(mappings));
}

}  // namespace

Result<Draft> read_draft(const std::string& path, std::string_view text,
                         const spec::Environment& environment) {
  spec::Reading reading = spec::read_document(text, path);
  if (reading.problems.empty() && reading.documents.size() != 1) {
    reading.problems.push_back({.message = "must hold one pipe document"});
  }
  if (!reading.problems.empty()) return problems_error(reading.problems, path);
  Draft draft{.written = std::move(reading.documents.front()), .environment = environment};
  complete(draft.written, environment);

  Value without_table = draft.written;
  remove(without_table, "fieldMappings");
  if (Value* destination = find(without_table, "destination")) {
    for (const char* key : {"columns", "tableDefinition", "managedTable"}) {
      remove(*destination, key);
    }
  }
  ParsedPipe parsed = parse_pipe(std::move(without_table), environment);
  if (!parsed.problems.empty()) return problems_error(parsed.problems, path);
  draft.pipe = std::move(parsed.pipe);
  return draft;
}

Result<FinishedDraft> finish_draft(const Draft& draft, const Proposal& proposal) {
  FinishedDraft finished{.document = draft.written, .notes = proposal.left_out};
  Value& destination = member(finished.document, "destination");
  for (const char* key : {"columns", "managedTable"}) remove(destination, key);
  add_sorting_key(proposal.sorting_key, destination, finished.comments);
  add_columns(proposal, destination, finished.comments);
  remove(finished.document, "fieldMappings");
  add_mappings(proposal, finished.document);

  SecretsHidden secrets;
  secrets.walk(finished.document, spec::mask_secrets(pipe_spec().shape(), finished.document), "");
  for (const auto& [variable, secret] : secrets.variables()) {
    finished.notes.push_back(fmt::format(
        "a secret is not printed: set the environment variable {} to what stood there", variable));
  }
  const auto environment = [&](std::string_view name) -> std::optional<std::string> {
    const auto hidden = secrets.variables().find(name);
    return hidden == secrets.variables().end() ? draft.environment(name) : hidden->second;
  };
  ParsedPipe parsed = parse_pipe(finished.document, environment);
  if (!parsed.problems.empty()) return problems_error(parsed.problems, "the proposed document");
  finished.pipe = std::move(parsed.pipe);
  finished.create_table = clickhouse::create_table_statement(finished.pipe.destination);
  return finished;
}

}  // namespace penstock
