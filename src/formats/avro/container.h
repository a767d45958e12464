#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "formats/avro/message.h"

namespace penstock::avro {

/// What an object container file begins with.
constexpr std::string_view kContainerMagic("Obj\x01", 4);

/// The head of an object container file. The views lie in the message.
struct ContainerHead {
  std::string_view schema;
  std::string_view codec;  // empty: null
  std::string_view sync;   // stands behind every block

  /// Reads it, behind the magic; gives back the place of the first block.
  const char* read(Message& message, const char* at);
};

/// One block, still packed.
struct ContainerBlock {
  std::uint64_t rows = 0;
  std::string_view packed;

  const char* read(Message& message, const char* at, std::string_view sync);
};

/// The schema of a message that is an object container file; none where it is broken.
std::optional<std::string> schema_of_file(std::string_view message);

}  // namespace penstock::avro
