#include "spec/write_document.h"

#include <algorithm>
#include <cctype>
#include <nlohmann/json.hpp>

#include "spec/path.h"

namespace penstock::spec {
namespace {

using Json = nlohmann::ordered_json;

Json json_of(const Value& value);

struct ToJson {
  Json operator()(std::monostate) const { return nullptr; }
  template <class T>
  Json operator()(const T& scalar) const {
    return scalar;
  }
  Json operator()(const Value::List& list) const {
    Json out = Json::array();
    for (const Value& item : list) out.push_back(json_of(item));
    return out;
  }
  Json operator()(const Value::Map& map) const {
    Json out = Json::object();
    for (const Entry& entry : map) out[entry.key] = json_of(entry.value);
    return out;
  }
};

Json json_of(const Value& value) { return std::visit(ToJson{}, value.data()); }

std::string in_quotes(std::string_view text) {
  return Json(text).dump(-1, ' ', false, Json::error_handler_t::replace);
}

/// May a text stand without quotes anywhere, and be read as that text by any YAML?
bool is_plain(std::string_view text) {
  constexpr std::string_view kMarks = "_-./() ";
  const auto fits = [&](unsigned char c) {
    return std::isalnum(c) != 0 || kMarks.find(static_cast<char>(c)) != kMarks.npos;
  };
  if (text.empty() || text.size() > 100 || !std::all_of(text.begin(), text.end(), fits)) {
    return false;
  }
  if (std::isalpha(static_cast<unsigned char>(text.front())) == 0 || text.back() == ' ') {
    return false;
  }
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  constexpr std::string_view kOldBooleans[] = {"y", "n", "yes", "no", "on", "off"};
  return std::find(std::begin(kOldBooleans), std::end(kOldBooleans), lower) ==
             std::end(kOldBooleans) &&
         std::holds_alternative<std::string>(plain_scalar(lower));
}

bool is_container(const Value& value) {
  return value.get_if<Value::List>() != nullptr || value.get_if<Value::Map>() != nullptr;
}

template <class Container, class Of>
bool holds_container(const Container& container, Of value_of) {
  return std::any_of(container.begin(), container.end(),
                     [&](const auto& part) { return is_container(value_of(part)); });
}

/// Writes maps and lists of scalars inside lists on one line, all else in blocks.
class YamlWriter {
 public:
  explicit YamlWriter(const Comments& comments) : comments_(comments) {}

  std::string write(const Value& value) && {
    comment("", 0);
    if (is_block(value, false)) {
      block(value, "", 0, false);
    } else {
      out_ += one_line(value) + "\n";
    }
    return std::move(out_);
  }

 private:
  static constexpr std::size_t kStep = 2;

  void comment(std::string_view path, std::size_t indent) {
    const auto found = comments_.find(path);
    if (found == comments_.end()) return;
    for (const std::string& line : found->second) {
      out_.append(indent, ' ').append(line.empty() ? "#" : "# " + line).append("\n");
    }
  }

  static bool is_block(const Value& value, bool in_list) {
    if (const auto* map = value.get_if<Value::Map>()) {
      const bool nested = holds_container(*map, [](const Entry& entry) { return entry.value; });
      return !map->empty() && (!in_list || nested);
    }
    const auto* list = value.get_if<Value::List>();
    return list != nullptr && !in_list &&
           holds_container(*list, [](const Value& item) { return item; });
  }

  static std::string one_line(const Value& value) {
    std::string out;
    if (const auto* map = value.get_if<Value::Map>()) {
      for (const Entry& entry : *map) {
        out += (out.empty() ? "" : ", ") + scalar(Value(entry.key)) + ": " + one_line(entry.value);
      }
      return "{" + out + "}";
    }
    if (const auto* list = value.get_if<Value::List>()) {
      for (const Value& item : *list) out += (out.empty() ? "" : ", ") + one_line(item);
      return "[" + out + "]";
    }
    return scalar(value);
  }

  static std::string scalar(const Value& value) {
    const auto* text = value.get_if<std::string>();
    if (text == nullptr) return json_of(value).dump();
    return is_plain(*text) ? *text : in_quotes(*text);
  }

  /// `begun`: the first line's indent is there already.
  void block(const Value& value, const std::string& path, std::size_t indent, bool begun) {
    if (const auto* map = value.get_if<Value::Map>()) {
      for (const Entry& entry : *map) {
        const std::string inside = path_to(path, entry.key);
        if (!begun) comment(inside, indent);
        if (!begun) out_.append(indent, ' ');
        begun = false;
        out_ += scalar(Value(entry.key)) + ":";
        part(entry.value, inside, indent + kStep, "\n");
      }
      return;
    }
    std::size_t index = 0;
    for (const Value& item : *value.get_if<Value::List>()) {
      const std::string inside = path_to(path, index++);
      comment(inside, indent);
      out_.append(indent, ' ').append("-");
      part(item, inside, indent + kStep, " ");
    }
  }

  /// What follows a key or a dash; `before_block`: what stands between it and a block.
  void part(const Value& value, const std::string& path, std::size_t indent,
            std::string_view before_block) {
    const bool in_list = before_block == " ";
    if (!is_block(value, in_list)) {
      out_ += " " + one_line(value) + "\n";
      return;
    }
    out_ += before_block;
    block(value, path, indent, in_list);
  }

  const Comments& comments_;
  std::string out_;
};

}  // namespace

std::string write_yaml(const Value& value, const Comments& comments) {
  return YamlWriter(comments).write(value);
}

std::string write_json(const Value& value) {
  return json_of(value).dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace penstock::spec
