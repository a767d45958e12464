#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <regex>

#include "exceptions_json.h"
#include "format.h"
#include "formats/json/decoder.h"
#include "marked_rows.h"
#include "random_json.h"

namespace penstock::oracle {
namespace {

const clickhouse::UrlSettings kReading = {{"date_time_input_format", "best_effort"},
                                          {"input_format_skip_unknown_fields", "1"},
                                          {"input_format_import_nested_json", "1"},
                                          {"input_format_parallel_parsing", "0"},
                                          {"max_insert_threads", "1"}};

clickhouse::UrlSettings forgiving() {
  clickhouse::UrlSettings settings = kReading;
  settings.emplace_back("input_format_allow_errors_num", "1000000000");
  return settings;
}

/// "… (while reading the value of key c1) …"
std::string column_in(std::string_view why) {
  constexpr std::string_view kBefore = "while reading the value of key ";
  const std::size_t at = why.find(kBefore);
  if (at == why.npos) return {};
  const std::string_view rest = why.substr(at + kBefore.size());
  return std::string(rest.substr(0, rest.find_first_of("):\n")));
}

/// Also with numbers beyond a double, which the library refuses.
bool is_json(const std::string& message) {
  static const std::regex exponent(R"re((\d)[eE][-+]?\d+)re");
  return nlohmann::json::accept(std::regex_replace(message, exponent, "$1"));
}

/// Can a message be given beside others without becoming one with them when it is refused?
bool stands_alone(const std::string& message) {
  const std::size_t begin = message.find_first_not_of(" \t");
  return begin != message.npos && message[begin] == '{' && message.find('\n') == message.npos &&
         nlohmann::json::accept(message);
}

class JsonFormat final : public Format {
 public:
  std::string_view name() const override { return "json"; }
  TableStyle style() const override { return {.has_defaults = true, .has_paths = true}; }
  std::span<const Exception> exceptions() const override { return json_exceptions(); }
  std::string random_message(const Table& table, Random& random) override {
    return random_json_message(table, random);
  }
  Result<std::unique_ptr<Decoder>> make_decoder(const Mapping& mapping) override {
    return make_json_decoder(mapping, RecordLimits{});
  }
  std::vector<Outcome> ask(Engine& engine, const Table& theirs,
                           const std::vector<std::string>& messages, const Likely& likely) override;
  std::string field(const std::string& message, std::string_view column) const override;
  std::string row(const std::string& message, std::size_t row) const override;
  std::string text(const std::string& message) const override { return message; }

 private:
  MessageNumbers ask_together(Engine& engine, const Table& marked,
                              const std::vector<std::string>& messages, const MessageNumbers& which,
                              std::vector<Outcome>& outcomes);
  Outcome ask_alone(Engine& engine, const Table& marked, const std::string& message);

  static std::string insert(const Table& theirs) {
    return fmt::format("INSERT INTO {} FORMAT JSONEachRow", theirs.name);
  }
};

Outcome JsonFormat::ask_alone(Engine& engine, const Table& marked, const std::string& message) {
  const std::string why = engine.refusal_of(insert(marked), message, kReading);
  if (why.empty()) return take_rows_of_one(engine, marked);
  return {.column = column_in(why), .why = why};
}

/// One INSERT in which the parser passes over what it refuses. Gives back the messages of which
/// it cannot tell.
MessageNumbers JsonFormat::ask_together(Engine& engine, const Table& marked,
                                        const std::vector<std::string>& messages,
                                        const MessageNumbers& which,
                                        std::vector<Outcome>& outcomes) {
  std::string body;
  for (const std::size_t number : which) {
    body += fmt::format("{}\n{{\"{}\":{}}}\n", messages[number], kMark, number + 1);
  }
  const bool passed = engine.refusal_of(insert(marked), body, forgiving()).empty();
  const MessageNumbers unclear = take_marked_rows(engine, marked, which, outcomes);
  return passed ? unclear : which;
}

/// The object of this number, in an array of them or one behind the other.
std::string JsonFormat::row(const std::string& message, std::size_t row) const {
  int depth = 0;
  bool quoted = false;
  std::size_t begin = message.npos;
  for (std::size_t at = 0; at < message.size(); ++at) {
    const char c = message[at];
    if (quoted && c == '\\') ++at;
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    if (c == '{' && depth++ == 0) begin = at;
    if (c != '}' || --depth != 0) continue;
    if (row-- == 0) return message.substr(begin, at + 1 - begin);
  }
  return message;
}

/// Good enough for messages that are nearly right: exceptions look at it, nothing else does.
std::string JsonFormat::field(const std::string& message, std::string_view column) const {
  const std::size_t dot = column.find('.');
  const std::string key_text = fmt::format("\"{}\"", column);
  if (dot != column.npos && message.find(key_text) == message.npos) {
    const std::string object = field(message, column.substr(0, dot));
    const std::string name = fmt::format("\"{}\"", column.substr(dot + 1));
    const bool is_once = object.find(name) == object.rfind(name);
    return is_once ? field(object, column.substr(dot + 1)) : object;
  }
  const std::size_t key = message.rfind(key_text);
  if (key == message.npos) return message;  // spelt with escapes, or not there
  const bool is_object = is_json(message) && message.find('[') > message.find('{');
  if (!is_object) return message;  // several rows: all their values
  const std::size_t begin =
      message.find_first_not_of(" \t\r\n", message.find(':', key + column.size() + 2) + 1);
  if (begin == message.npos) return message;
  int depth = 0;
  bool quoted = false;
  std::size_t at = begin;
  for (; at < message.size(); ++at) {
    const char c = message[at];
    if (quoted && c == '\\') ++at;
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    if (depth == 0 && (c == ',' || c == '}' || c == ']')) break;
    if (c == '{' || c == '[') ++depth;
    if (c == '}' || c == ']') --depth;
  }
  return message.substr(begin, at - begin);
}

std::vector<Outcome> JsonFormat::ask(Engine& engine, const Table& theirs,
                                     const std::vector<std::string>& messages,
                                     const Likely& /*likely*/) {
  const Table marked = with_mark(engine, theirs);
  std::vector<Outcome> outcomes(messages.size());
  MessageNumbers alone;
  MessageNumbers together;
  for (std::size_t number = 0; number < messages.size(); ++number) {
    (stands_alone(messages[number]) && messages.size() > 1 ? together : alone).push_back(number);
  }
  if (!together.empty()) {
    const MessageNumbers unclear = ask_together(engine, marked, messages, together, outcomes);
    alone.insert(alone.end(), unclear.begin(), unclear.end());
  }
  for (const std::size_t number : alone) {
    outcomes[number] = ask_alone(engine, marked, messages[number]);
  }
  return outcomes;
}

}  // namespace

std::unique_ptr<Format> make_json_format() { return std::make_unique<JsonFormat>(); }

}  // namespace penstock::oracle
