#include "spec/environment.h"

#include <algorithm>
#include <cctype>
#include <cstdlib>

#include "spec/path.h"
#include "spec/value.h"

namespace penstock::spec {
namespace {

bool is_variable_name(std::string_view name) {
  const auto fits = [](unsigned char c) { return std::isalnum(c) != 0 || c == '_'; };
  return !name.empty() && std::isdigit(static_cast<unsigned char>(name.front())) == 0 &&
         std::all_of(name.begin(), name.end(), fits);
}

/// One walk over the tree.
class Substitution {
 public:
  Substitution(const Environment& environment, std::vector<Problem>& problems)
      : environment_(environment), problems_(problems) {}

  void walk(Value& value, const std::string& path) {
    if (auto* list = value.get_if<Value::List>()) {
      for (std::size_t i = 0; i < list->size(); ++i) walk((*list)[i], path_to(path, i));
    } else if (auto* map = value.get_if<Value::Map>()) {
      for (Entry& entry : *map) walk(entry.value, path_to(path, entry.key));
    } else if (const auto* text = value.get_if<std::string>()) {
      if (text->find("${") != text->npos) replace(value, *text, path);
    }
  }

 private:
  void replace(Value& value, std::string_view rest, const std::string& path) {
    std::string out;
    for (auto at = rest.find("${"); at != rest.npos; at = rest.find("${")) {
      if (at > 0 && rest[at - 1] == '$') {  // $${ stands for ${
        out.append(rest.substr(0, at - 1)).append("${");
        rest.remove_prefix(at + 2);
        continue;
      }
      out.append(rest.substr(0, at));
      const auto end = rest.find('}', at);
      if (end == rest.npos) {
        refuse("has a `${` without its `}`; write `$${` for a literal one", value, path);
        return;
      }
      out.append(look_up(rest.substr(at + 2, end - at - 2), value, path));
      rest.remove_prefix(end + 1);
    }
    value.take_from_environment(out.append(rest));
  }

  std::string look_up(std::string_view reference, const Value& value, const std::string& path) {
    const auto split = reference.find(":-");
    const std::string_view name = reference.substr(0, split);
    if (!is_variable_name(name)) {
      refuse("has a `${…}` that names no variable; write `$${` for a literal one", value, path);
      return {};
    }
    const std::optional<std::string> set = environment_(name);
    if (split != reference.npos) {
      return set && !set->empty() ? *set : std::string(reference.substr(split + 2));
    }
    if (!set) {
      const std::string quoted = "`" + std::string(name) + "`";
      refuse("the environment variable " + quoted + " is not set and has no default", value, path);
    }
    return set.value_or("");
  }

  void refuse(std::string message, const Value& value, const std::string& path) {
    problems_.push_back({.path = path, .message = std::move(message), .place = value.place()});
  }

  const Environment& environment_;
  std::vector<Problem>& problems_;
};

}  // namespace

Environment process_environment() {
  return [](std::string_view name) -> std::optional<std::string> {
    const char* value = std::getenv(std::string(name).c_str());
    if (value == nullptr) return std::nullopt;
    return value;
  };
}

void substitute(Value& root, const Environment& environment, std::vector<Problem>& problems) {
  Substitution(environment, problems).walk(root, "");
}

}  // namespace penstock::spec
