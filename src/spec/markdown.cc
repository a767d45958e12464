#include "spec/markdown.h"

#include <fmt/format.h>

#include "spec/path.h"
#include "spec/shape.h"

namespace penstock::spec {
namespace {

/// A pipe sign would end the table cell.
std::string cell(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '|') out += '\\';
    out += c;
  }
  return out;
}

std::string code(std::string_view text) {
  return text.empty() ? std::string() : fmt::format("`{}`", cell(text));
}

std::string default_cell(const FieldInfo& info) {
  if (info.required) return "required";
  const bool amount = info.kind == Kind::bytes || info.kind == Kind::duration;
  if (!amount || info.default_text.empty()) return code(info.default_text);
  return amount_text(info, std::stod(info.default_text));
}

std::string notes(const FieldInfo& info) {
  std::string out;
  const auto add = [&](std::string_view note) { out += fmt::format(" {}", note); };
  if (info.secret) add("Secret.");
  if (info.advanced) add("Advanced.");
  if (info.live) add("May change while the pipe runs.");
  if (!info.since.empty()) add(fmt::format("Since {}.", info.since));
  if (!info.formerly.empty()) add(fmt::format("Formerly `{}`.", info.formerly));
  if (!info.example.empty()) add(fmt::format("Example: `{}`.", info.example));
  return out;
}

/// Walks the whole tree once, filling both parts of the page.
class Page {
 public:
  void add(const Shape& shape, const std::string& path) {
    for (const Field& field : shape.fields) add(field.info, path);
    for (const OpenKeys& open : shape.open_keys) {
      rows_ += fmt::format("| `{}` | {} | | any plain value |\n", free_path(path, open.prefix),
                           cell(open.help));
    }
  }
  std::string text(const Shape& shape) const {
    std::string out = fmt::format("# {}\n\n{}\n\n", shape.name, shape.summary);
    out += "| Setting | Meaning | Default | Rule |\n|---|---|---|---|\n" + rows_;
    return choices_.empty() ? out : out + choices_;
  }

 private:
  static std::string free_path(const std::string& path, std::string_view prefix) {
    return fmt::format("{}{}{}<name>", path, path.empty() ? "" : ".", prefix);
  }

  void add(const FieldInfo& info, const std::string& parent) {
    const std::string path = path_to(parent, info.name);
    rows_ += fmt::format("| `{}` | {}{} | {} | {} |\n", path, cell(info.help), cell(notes(info)),
                         default_cell(info), cell(wanted(info)));
    if (!info.choices.empty()) add_choices(info, path);
    if (info.nested != nullptr) add(*info.nested, info.kind == Kind::list ? path + "[]" : path);
  }

  void add_choices(const FieldInfo& info, const std::string& path) {
    choices_ += fmt::format("\n## Values of `{}`\n\n", path);
    for (const ChoiceInfo& choice : info.choices) {
      choices_ += fmt::format("* `{}`: {}\n", choice.name, choice.help);
    }
  }

  std::string rows_;
  std::string choices_;
};

}  // namespace

std::string markdown_reference(const Shape& shape) {
  Page page;
  page.add(shape, "");
  return page.text(shape);
}

}  // namespace penstock::spec
