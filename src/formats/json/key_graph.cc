#include "formats/json/key_graph.h"

#include <cstring>

namespace penstock::json {

static_assert(kReadAhead >= 64, "a step may be compared from a message's last byte on");

KeyGraph::KeyGraph(const std::vector<std::string>& names)
    : usual_(names.size() + 2), others_(names.size() + 2) {
  for (Field field = 0; field < names.size(); ++field) fields_.try_emplace(names[field], field);
}

const char* KeyGraph::search(FastMessage& message, const char* at, Field& field) {
  for (const Step& step : others_[field]) {
    if (step.is_at(at)) return pass(message, step, at, field);
  }
  const char* key = skip_blanks(at);
  if (field != start()) {
    if (*key != ',') return nullptr;
    key = skip_blanks(key + 1);
  }
  if (*key != '"') return nullptr;
  const TextEnd end = find_text_end(++key, message.last);
  if (end.at >= message.last || *end.at != '"') return nullptr;
  message.has_high |= end.has_high;
  const char* value = skip_blanks(end.at + 1);
  if (*value != ':') return nullptr;
  value = skip_blanks(value + 1);
  if (value >= message.last) return nullptr;

  const auto found = fields_.find(std::string_view(key, end.at));
  const Field to = found == fields_.end() ? other() : found->second;
  if (!end.has_high) learn(field, {at, value}, to);
  field = to;
  return value;
}

// A key outside ASCII is not learned: whoever passes over it must ask for UTF-8.
void KeyGraph::learn(Field from, std::string_view between, Field to) {
  if (between.size() > kWords * 8) return;
  const bool is_first = usual_[from].length == 0;
  if (!is_first && others_[from].size() == kMostOtherSteps) return;
  Step& step = is_first ? usual_[from] : others_[from].emplace_back();
  std::memcpy(step.words.data(), between.data(), between.size());
  const std::size_t rest = between.size() % 8;
  step.last_mask = rest == 0 ? 0 : ~std::uint64_t{0} >> (64 - 8 * rest);
  step.length = static_cast<std::uint32_t>(between.size());
  step.to = to;
}

}  // namespace penstock::json
