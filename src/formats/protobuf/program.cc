#include "formats/protobuf/program.h"

#include <utility>

namespace penstock::protobuf {

Program::Program(std::shared_ptr<const Schema> schema, const MessageType& type,
                 const Mapping& mapping, Block& sample, RecordLimits limits)
    : schema_(std::move(schema)), reading_(std::make_unique<Reading>(schema_, limits)) {
  std::vector<Wish> wishes;
  for (const PayloadTarget& target : mapping.payload) {
    wishes.push_back({.path = target.field,
                      .place = {.slot = target.slot},
                      .sample = &sample.writer(target.slot)});
  }
  row_ = std::make_unique<MessageWriter>(type, wishes, *reading_);
  const MessageType* const rows = rows_inside(type);
  if (rows == nullptr || row_->knows_any()) return;
  list_ = std::make_unique<ScannedMessage>(type);
  row_ = std::make_unique<MessageWriter>(*rows, wishes, *reading_);
}

void Program::aim(Block& block, std::uint64_t batch) {
  if (batch_ == batch) return;
  batch_ = batch;
  reading_->block = &block;
  row_->aim(nullptr);
}

}  // namespace penstock::protobuf
