#include "model/column/json.h"

namespace penstock {
namespace {

// The version of the layout that carries each object as text.
constexpr std::uint64_t kAsText = 1;

bool starts_object(std::string_view json) {
  const std::size_t start = json.find_first_not_of(" \t\r\n");
  return start != std::string_view::npos && json[start] == '{';
}

}  // namespace

Fit JsonColumn::put_json(std::string_view json) {
  if (!starts_object(json)) return Fit::wrong_type;
  const Fit fit = reader_.check(json);
  return fit == Fit::ok ? texts_.put_text(json) : fit;
}

void JsonColumn::write_prefix(NativeOutput& out) const { out.number(kAsText); }

Result<std::unique_ptr<Column>> make_json(const Type& /*type*/) {
  return std::unique_ptr<Column>(std::make_unique<JsonColumn>());
}

}  // namespace penstock
