#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "formats/avro/message.h"
#include "formats/avro/schema.h"

namespace penstock::avro {

/// Passes over one value.
const char* skip_value(const Node& node, Message& message, const char* at);

/// Values side by side that nobody wants, passed over with as few steps as their kinds allow.
class SkipRun {
 public:
  void add(const Node& node);
  bool is_empty() const noexcept { return steps_.empty(); }

  const char* pass(Message& message, const char* at) const;

 private:
  enum class What : std::uint8_t { bytes, numbers, texts, value };
  struct Step {
    What what;
    std::size_t count;  // of bytes, numbers or texts
    const Node* node;   // What::value
  };

  std::vector<Step> steps_;
};

}  // namespace penstock::avro
