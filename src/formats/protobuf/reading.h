#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <utility>

#include "formats/protobuf/message_json.h"
#include "formats/protobuf/trouble.h"
#include "model/block.h"

namespace penstock::protobuf {

/// What all parts of one program share while it reads a message.
struct Reading {
  Reading(std::shared_ptr<const Schema> schema, std::size_t depth)
      : json(std::move(schema), depth), max_depth(depth) {}

  Fit refuse(Fit fit, std::string found) { return trouble.refuse(fit, std::move(found)); }

  MessageJson json;
  const std::size_t max_depth;
  Trouble trouble;
  Block* block = nullptr;  // being filled
};

}  // namespace penstock::protobuf
