#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <utility>

#include "formats/protobuf/message_json.h"
#include "formats/protobuf/trouble.h"
#include "formats/record_decoder.h"
#include "model/block.h"

namespace penstock::protobuf {

/// What all parts of one program share while it reads a message.
struct Reading {
  Reading(std::shared_ptr<const Schema> schema, RecordLimits limits)
      : json(std::move(schema), limits.max_depth),
        max_depth(limits.max_depth),
        max_string_bytes(limits.max_string_bytes) {}

  Fit refuse(Fit fit, std::string found) { return trouble.refuse(fit, std::move(found)); }

  MessageJson json;
  const std::size_t max_depth;
  const std::size_t max_string_bytes;
  Trouble trouble;
  Block* block = nullptr;  // being filled
};

}  // namespace penstock::protobuf
