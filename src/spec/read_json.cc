#include <nlohmann/json.hpp>
#include <string>
#include <unordered_set>
#include <utility>

#include "spec/path.h"
#include "spec/read_document.h"

namespace penstock::spec {
namespace {

/// Follows the parser through the text to learn where each token starts, which the SAX interface
/// does not tell. Only walks over tokens the parser has accepted.
class TokenTracker {
 public:
  explicit TokenTracker(std::string_view text) : text_(text) {}

  /// Moves to the next token and returns its place.
  Place start() {
    move_to(std::min(text_.find_first_not_of(" \t\r\n,:", at_), text_.size()));
    return place_;
  }
  void skip(std::size_t characters) { move_to(at_ + characters); }
  void skip_number() {
    move_to(std::min(text_.find_first_not_of("+-0123456789.eE", at_), text_.size()));
  }
  void skip_string() {
    std::size_t end = at_ + 1;
    while (end < text_.size() && text_[end] != '"') end += text_[end] == '\\' ? 2 : 1;
    move_to(end + 1);
  }
  Place place_at(std::size_t offset) {
    move_to(std::max(at_, offset));
    return place_;
  }

 private:
  void move_to(std::size_t target) {
    for (; at_ < target && at_ < text_.size(); ++at_) {
      if (text_[at_] == '\n') {
        place_ = {.line = place_.line + 1, .column = 1};
      } else {
        ++place_.column;
      }
    }
  }

  std::string_view text_;
  std::size_t at_ = 0;
  Place place_{.line = 1, .column = 1};
};

/// The parser's text without the piece of input it quotes: that may be a secret.
std::string reason(std::string_view what) {
  const auto body = what.find(": ");
  if (body != what.npos) what.remove_prefix(body + 2);
  return std::string(what.substr(0, what.find("; last read")));
}

/// Builds our tree from the parser's events. Returning false ends the parse.
class JsonReader final : public nlohmann::json_sax<nlohmann::json> {
 public:
  JsonReader(std::string_view text, Reading& reading) : tracker_(text), reading_(reading) {}

  bool null() override { return literal({}, 4); }
  bool boolean(bool value) override { return literal(value, value ? 4 : 5); }
  bool number_integer(number_integer_t value) override { return number(value); }
  bool number_unsigned(number_unsigned_t value) override {
    if (std::in_range<std::int64_t>(value)) return number(static_cast<std::int64_t>(value));
    return number(value);
  }
  bool number_float(number_float_t value, const string_t&) override { return number(value); }
  bool string(string_t& value) override {
    const Place place = tracker_.start();
    tracker_.skip_string();
    return add(Value(std::move(value), place));
  }
  bool binary(binary_t&) override { return false; }

  bool start_object(std::size_t) override { return open(Value::Map{}); }
  bool start_array(std::size_t) override { return open(Value::List{}); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }
  bool key(string_t& value) override {
    const Place place = tracker_.start();
    tracker_.skip_string();
    open_.back().key = {std::move(value), place, Value{}};
    return true;
  }

  bool parse_error(std::size_t position, const std::string&,
                   const nlohmann::detail::exception& error) override {
    const Place place = tracker_.place_at(position == 0 ? 0 : position - 1);
    reading_.problems.push_back(
        {.message = "is not valid JSON: " + reason(error.what()), .place = place});
    return false;
  }

 private:
  struct Open {
    Value value;
    Entry key;  // of the member being read, while this is a map
    std::unordered_set<std::string> seen;
  };

  bool literal(Value::Data data, std::size_t length) {
    const Place place = tracker_.start();
    tracker_.skip(length);
    return add(Value(std::move(data), place));
  }

  bool number(Value::Data data) {
    const Place place = tracker_.start();
    tracker_.skip_number();
    return add(Value(std::move(data), place));
  }

  bool open(Value::Data data) {
    const Place place = tracker_.start();
    tracker_.skip(1);
    if (open_.size() == kDeepestNode) return refuse("is nested too deeply", place);
    open_.push_back({Value(std::move(data), place), {}, {}});
    return true;
  }

  bool close() {
    tracker_.start();
    tracker_.skip(1);
    Value done = std::move(open_.back().value);
    open_.pop_back();
    return add(std::move(done));
  }

  bool add(Value value) {
    if (++nodes_ > kMostNodes) return refuse("the file holds too many values", value.place());
    if (open_.empty()) {
      reading_.documents.push_back(std::move(value));
      return true;
    }
    Open& parent = open_.back();
    if (auto* list = parent.value.get_if<Value::List>()) {
      list->push_back(std::move(value));
      return true;
    }
    if (!parent.seen.insert(parent.key.key).second) {
      return note("the key is given twice", parent.key.place);
    }
    parent.key.value = std::move(value);
    parent.value.get_if<Value::Map>()->push_back(std::move(parent.key));
    return true;
  }

  /// The path of the member being read.
  std::string path() const {
    std::string out;
    for (const Open& open : open_) {
      const auto* list = open.value.get_if<Value::List>();
      out = list ? path_to(out, list->size()) : path_to(out, open.key.key);
    }
    return out;
  }

  bool note(std::string message, Place place) {
    reading_.problems.push_back({path(), std::move(message), "", place});
    return true;
  }
  bool refuse(std::string message, Place place) {
    note(std::move(message), place);
    return false;
  }

  TokenTracker tracker_;
  Reading& reading_;
  std::vector<Open> open_;
  int nodes_ = 0;
};

}  // namespace

Reading read_json(std::string_view text) {
  Reading reading;
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);  // a byte order mark
  JsonReader reader(text, reading);
  nlohmann::json::sax_parse(text, &reader);
  return reading;
}

}  // namespace penstock::spec
