#pragma once

#include "formats/avro/message.h"

namespace penstock::avro {

/// One more value inside another for as long as it lives.
class Deeper {
 public:
  explicit Deeper(Message& message) : message_(message) { ++message_.depth; }
  ~Deeper() { --message_.depth; }
  Deeper(const Deeper&) = delete;
  Deeper& operator=(const Deeper&) = delete;

  bool is_too_deep() const { return message_.depth > message_.max_depth; }
  const char* refuse(const char* at) const {
    return message_.too_large(at, "it nests deeper than the limit");
  }

 private:
  Message& message_;
};

}  // namespace penstock::avro
