#include "formats/json/plain_row.h"

#include <utility>

#include "formats/json/explain.h"

namespace penstock::json {

PlainRow::PlainRow(const Plan& plan, const RecordLimits& limits)
    : plan_(plan),
      limits_(limits),
      parser_(limits.max_message_bytes),
      values_(limits),
      landings_(plan.targets().size()),
      columns_(plan.targets().size()),
      slots_(plan.targets().size()) {}

bool PlainRow::read(simdjson::padded_string_view row, Block& into) {
  values_.start_row(parser_, row.size());
  outside_.clear();
  for (std::size_t i = 0; i < landings_.size(); ++i) {
    landings_[i] = {.column = &into.writer(plan_.targets()[i].slot), .rows = into.rows()};
  }
  ondemand::document document;
  if (const auto error = parser_.iterate(row).get(document)) return values_.broken(error);
  ondemand::object object;
  if (const auto error = document.get_object().get(object)) return values_.broken(error);
  if (!read_object(object, plan_.levels().front(), 0, 1)) return false;
  const bool at_end = document.current_location().error() == simdjson::OUT_OF_BOUNDS;
  if (!at_end) return values_.broken(kMisplaced);

  for (std::size_t i = 0; i < landings_.size(); ++i) {
    if (!landings_[i].is_filled) into.put_missing(plan_.targets()[i].slot);
  }
  return true;
}

bool PlainRow::read_object(ondemand::object& object, const Level& level, Way way,
                           std::size_t depth) {
  if (depth > limits_.max_depth) return values_.too_deep();
  for (auto entry : object) {
    ondemand::field field;
    if (const auto error = std::move(entry).get(field)) return values_.broken(error);
    std::string_view name;
    if (!values_.unescape(field.key(), name)) return false;
    const KeyTarget* const key = level.find(name);
    const bool taken = key == nullptr ? values_.skip(field.value(), depth)
                                      : put_entry(field.value(), *key, way, depth);
    if (!taken) return false;
  }
  return true;
}

bool PlainRow::put_entry(ondemand::value value, const KeyTarget& key, Way way, std::size_t depth) {
  const std::string_view token = value.raw_json_token();
  chosen_ = 0;
  if (key.field != KeyTarget::kNone) choose_columns(key.field, way, token.starts_with('n'));
  if (key.level != KeyTarget::kNone) {
    if (token.starts_with('{')) return put_container(value.get_object(), key, way, depth + 1);
    if (token.starts_with('[')) return put_container(value.get_array(), key, way, depth + 1);
  }
  // A path that ends at a scalar leads nowhere: what it looks for is missing.
  return chosen_ == 0 ? values_.skip(value, depth) : noted(values_.put(value, chosen(), depth));
}

template <class Container>
bool PlainRow::put_container(simdjson::simdjson_result<Container> found, const KeyTarget& key,
                             Way way, std::size_t depth) {
  Container container;
  if (const auto error = std::move(found).get(container)) return values_.broken(error);
  if (chosen_ > 0) {
    if (!noted(values_.put_each(container, chosen(), depth))) return false;
    if (const auto error = container.reset().error()) return values_.broken(error);
  }
  return go_on(container, plan_.levels()[key.level], way | key.cut, depth);
}

void PlainRow::choose_columns(std::size_t field, Way way, bool is_null) {
  const bool in_list = !outside_.empty();
  for (const std::size_t index : plan_.field(field)) {
    Landing& landing = landings_[index];
    if (landing.column == nullptr || way > landing.way) continue;
    landing.way = way;
    if (landing.is_filled) landing.column->truncate(landing.rows);  // the last one counts
    const Target& target = plan_.targets()[index];
    landing.is_filled = !(is_null && target.null_is_missing && !in_list);
    if (!landing.is_filled) continue;
    columns_[chosen_] = landing.column;
    slots_[chosen_++] = target.slot;
  }
}

bool PlainRow::go_on(ondemand::object& object, const Level& level, Way way, std::size_t depth) {
  return read_object(object, level, way, depth);
}

/// Below a list every target takes a list: one value for each of its elements.
bool PlainRow::go_on(ondemand::array& array, const Level& level, Way way, std::size_t depth) {
  if (depth > limits_.max_depth) return values_.too_deep();
  if (!enter_list(level, way)) return false;
  for (auto element : array) {
    ondemand::value value;
    if (const auto error = std::move(element).get(value)) return values_.broken(error);
    for (const std::size_t index : level.below) {
      Landing& landing = landings_[index];
      if (landing.column == nullptr) continue;
      landing = {.column = landing.column, .rows = landing.column->rows()};
    }
    if (!read_element(value, level, way, depth)) return false;
    for (const std::size_t index : level.below) {
      const Landing& landing = landings_[index];
      if (landing.column != nullptr && !landing.is_filled) landing.column->put_default();
    }
  }
  leave_list(level, way);
  return true;
}

bool PlainRow::enter_list(const Level& level, Way way) {
  for (const std::size_t index : level.below) {
    Landing& landing = landings_[index];
    outside_.push_back(landing);
    if (landing.column == nullptr) continue;
    if (way > landing.way) {
      landing.column = nullptr;
      continue;
    }
    if (landing.is_filled) landing.column->truncate(landing.rows);
    if (landing.column->shape() != Shape::list) {
      refusing_slot_ = plan_.targets()[index].slot;
      return values_.accepted(Fit::wrong_type, "an array");
    }
    landing.column = &landing.column->child(0);
  }
  return true;
}

bool PlainRow::read_element(ondemand::value value, const Level& level, Way way, std::size_t depth) {
  const std::string_view token = value.raw_json_token();
  if (token.starts_with('{')) {
    ondemand::object object;
    if (const auto error = value.get_object().get(object)) return values_.broken(error);
    return go_on(object, level, way, depth + 1);
  }
  if (token.starts_with('[')) {
    ondemand::array array;
    if (const auto error = value.get_array().get(array)) return values_.broken(error);
    return go_on(array, level, way, depth + 1);
  }
  return values_.skip(value, depth);
}

void PlainRow::leave_list(const Level& level, Way way) {
  const std::size_t first = outside_.size() - level.below.size();
  for (std::size_t i = 0; i < level.below.size(); ++i) {
    Landing& landing = landings_[level.below[i]];
    const bool counted = landing.column != nullptr;
    landing = outside_[first + i];
    if (!counted) continue;
    landing.column->end();
    landing.way = way;
    landing.is_filled = true;
  }
  outside_.resize(first);
}

bool PlainRow::noted(bool taken) {
  const Trouble::Kind kind = values_.trouble().kind;
  const bool by_column = kind == Trouble::Kind::refused || kind == Trouble::Kind::too_long;
  if (!taken && by_column) refusing_slot_ = slots_[values_.trouble().column];
  return taken;
}

}  // namespace penstock::json
