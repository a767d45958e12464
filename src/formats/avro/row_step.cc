#include "formats/avro/row_step.h"

#include "formats/avro/blocks.h"

namespace penstock::avro {
namespace {

void put_missing(const Place& place, Block& block) {
  if (place.level == 0) {
    block.put_missing(place.slot);
  } else {
    place.column->put_default();
  }
}

}  // namespace

void Place::aim_at(Block& block) {
  column = &block.writer(slot);
  for (std::size_t count = 0; count < level; ++count) column = &column->child(0);
}

void Steps::aim_at(Block& block) {
  for (Step& step : steps) step.aim_at(block);
  for (Place& place : missing) place.aim_at(block);
}

const char* Steps::run(Message& message, const char* at, Block& block, std::size_t& slot) {
  if (!broken.empty()) return message.broken(at, broken);
  for (Step& step : steps) {
    const char* const behind = step.run(message, at, block, slot);
    if (behind == nullptr) return nullptr;
    if (!step.stays) at = behind;
  }
  for (const Place& place : missing) put_missing(place, block);
  return at;
}

void Step::aim_at(Block& block) {
  if (what == What::value) place.aim_at(block);
  for (Steps& steps : inner) steps.aim_at(block);
  for (Place& array : arrays) array.aim_at(block);
}

const char* Step::run_unusual(Message& message, const char* at, Block& block, std::size_t& slot) {
  switch (what) {
    case What::value: break;
    case What::skip: return skipped.pass(message, at);
    case What::branch: return run_branch(message, at, block, slot);
    case What::each: return run_each(message, at, block, slot);
  }
  if (const char* const behind = behind_missing(message, at)) {
    put_missing(place, block);
    return behind;
  }
  slot = place.slot;
  return reader->read(message, at, *place.column);
}

const char* Step::run_branch(Message& message, const char* at, Block& block, std::size_t& slot) {
  std::size_t branch = 0;
  at = read_index(message, at, inner.size(), branch);
  return at == nullptr ? nullptr : inner[branch].run(message, at, block, slot);
}

const char* Step::run_each(Message& message, const char* at, Block& block, std::size_t& slot) {
  at = read_blocks(message, at, is_empty,
                   [&](const char* next) { return inner.front().run(message, next, block, slot); });
  if (at == nullptr) return nullptr;
  for (const Place& array : arrays) (void)array.column->end();
  return at;
}

const char* Step::behind_missing(Message& message, const char* at) const {
  const Node& node = reader->node();
  if (node.kind == Kind::null) return at;
  std::size_t branch = 0;
  const char* const behind = read_index(message, at, node.inner.size(), branch);
  return behind != nullptr && branch == static_cast<std::size_t>(missing_branch) ? behind : nullptr;
}

}  // namespace penstock::avro
