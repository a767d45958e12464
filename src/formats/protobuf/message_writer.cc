#include "formats/protobuf/message_writer.h"

namespace penstock::protobuf {

MessageWriter::MessageWriter(const MessageType& type, const std::vector<Wish>& wishes,
                             Reading& reading)
    : reading_(reading), fields_(reading), message_(type, add_all(type, wishes)) {}

std::vector<bool> MessageWriter::add_all(const MessageType& type, const std::vector<Wish>& wishes) {
  std::vector<bool> wanted(type.fields.size(), false);
  fields_.add(type, wishes, wanted);
  return wanted;
}

Fit MessageWriter::write(std::string_view message) {
  const Fit fit = message_.scan(message, reading_.max_depth, reading_.trouble);
  return fit == Fit::ok ? fields_.write(message_.found()) : fit;
}

}  // namespace penstock::protobuf
