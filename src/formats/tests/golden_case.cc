#include "formats/tests/golden_case.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>
#include <string_view>

namespace penstock {
namespace {

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

/// Splits at commas outside brackets and quotes.
std::vector<std::string> split_list(std::string_view text) {
  std::vector<std::string> parts(1);
  int depth = 0;
  bool quoted = false;
  for (const char c : text) {
    if (c == '\'') quoted = !quoted;
    if (!quoted && c == '(') ++depth;
    if (!quoted && c == ')') --depth;
    if (c == ',' && depth == 0 && !quoted) {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  for (std::string& part : parts) part = trimmed(part);
  return parts;
}

/// "n Int32 DEFAULT 7"
TableColumn read_column(std::string_view text) {
  TableColumn column;
  const std::size_t blank = text.find(' ');
  column.name = text.substr(0, blank);
  std::string_view type = trimmed(text.substr(blank));
  if (const std::size_t at = type.find(" DEFAULT "); at != std::string_view::npos) {
    column.default_kind = DefaultKind::expression;
    column.default_expression = type.substr(at + 9);
    type = type.substr(0, at);
  }
  auto parsed = parse_type(type);
  if (!parsed.ok()) throw std::runtime_error(parsed.error().text());
  column.type = std::move(parsed).value();
  return column;
}

/// "field -> column"
FieldMapping read_pair(std::string_view text) {
  const std::size_t arrow = text.find("->");
  if (arrow == std::string_view::npos) throw std::runtime_error("a pair needs ->");
  return {std::string(trimmed(text.substr(0, arrow))),
          std::string(trimmed(text.substr(arrow + 2)))};
}

void read_limit(std::string_view text, RecordLimits& limits) {
  const std::size_t equals = text.find('=');
  const std::size_t value = std::stoul(std::string(text.substr(equals + 1)));
  const std::string_view name = text.substr(0, equals);
  if (name == "bytes") {
    limits.max_message_bytes = value;
  } else if (name == "depth") {
    limits.max_depth = value;
  } else if (name == "string") {
    limits.max_string_bytes = value;
  } else {
    throw std::runtime_error("limits are bytes=, depth= and string=");
  }
}

/// "08 96 01"
std::string read_hex(std::string_view text) {
  std::string out;
  std::istringstream pairs{std::string(text)};
  for (std::string pair; pairs >> pair;) {
    out += static_cast<char>(std::stoi(pair, nullptr, 16));
  }
  return out;
}

/// Expands <FF> to that byte and <1000*[> to a thousand brackets.
std::string read_bytes(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t close = text.find('>');
    if (text.front() != '<' || close == std::string_view::npos) {
      out += text.front();
      text.remove_prefix(1);
      continue;
    }
    const std::string inside(text.substr(1, close - 1));
    text.remove_prefix(close + 1);
    if (const std::size_t star = inside.find('*'); star != std::string::npos) {
      for (std::size_t left = std::stoul(inside); left > 0; --left) out += inside.substr(star + 1);
    } else {
      out += static_cast<char>(std::stoi(inside, nullptr, 16));
    }
  }
  return out;
}

void read_line(std::string_view word, std::string_view rest, GoldenCase& into) {
  if (word == "table") {
    for (const std::string& column : split_list(rest)) {
      into.table.columns.push_back(read_column(column));
    }
  } else if (word == "mapping") {
    if (rest == "auto") return;
    into.fields.emplace();
    for (const std::string& pair : split_list(rest)) into.fields->push_back(read_pair(pair));
  } else if (word == "limits") {
    for (const std::string& limit : split_list(rest)) read_limit(limit, into.limits);
  } else if (word == "record") {
    into.records.push_back(GoldenCase::Record{.text = std::string(rest), .is_spelt = true});
  } else if (word == "bytes") {
    into.records.push_back(GoldenCase::Record{.text = read_bytes(rest)});
  } else if (word == "hex") {
    into.records.push_back(GoldenCase::Record{.text = read_hex(rest)});
  } else if (word == "schema") {
    into.schema += std::string(rest) + "\n";
  } else if (word == "import") {
    const std::size_t blank = std::min(rest.find(' '), rest.size());
    into.imports[std::string(rest.substr(0, blank))] += std::string(rest.substr(blank)) + "\n";
  } else if (word == "message") {
    into.message = rest;
  } else if (word == "framing") {
    into.framing = rest;
  } else if (word == "file") {
    into.records.push_back(GoldenCase::Record{.text = std::string(rest), .is_file = true});
  } else if (word == "tombstone") {
    into.records.emplace_back();
  } else {
    throw std::runtime_error("unknown word \"" + std::string(word) + "\"");
  }
  if (!into.records.empty() && into.records.back() && into.records.back()->schemas == 0) {
    into.records.back()->schemas = static_cast<std::size_t>(std::ranges::count(into.schema, '\n'));
  }
}

bool begins_output(std::string_view line) {
  return line.starts_with("rows") || line.starts_with("rejects");
}

}  // namespace

GoldenCase read_golden_case(const std::filesystem::path& file) {
  std::ifstream in(file);
  GoldenCase read;
  read.table.database = "default";
  read.table.name = "golden";
  bool in_output = false;
  for (std::string line; std::getline(in, line);) {
    in_output = in_output || begins_output(line);
    (in_output ? read.expected : read.given) += line + "\n";
    if (in_output || line.empty() || line.starts_with('#')) continue;
    const std::size_t end = std::min(line.find(' '), line.size());
    const std::size_t rest = std::min(line.find_first_not_of(' ', end), line.size());
    try {
      read_line(std::string_view(line).substr(0, end), std::string_view(line).substr(rest), read);
    } catch (const std::exception& error) {
      throw std::runtime_error(file.string() + ": " + line + ": " + error.what());
    }
  }
  return read;
}

}  // namespace penstock
