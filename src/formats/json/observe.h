#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "formats/inference/observation.h"
#include "formats/record_decoder.h"

namespace penstock {

/// Notes what JSON messages hold. Takes what the JSON decoder takes: an object, an array of
/// objects, or objects one after another; a byte order mark or schema frame in front is
/// passed over.
///
/// Threads: one.
class JsonObserver {
 public:
  explicit JsonObserver(RecordLimits limits);
  ~JsonObserver();
  JsonObserver(const JsonObserver&) = delete;
  JsonObserver& operator=(const JsonObserver&) = delete;

  /// Adds the rows of one message to the records of `rows`; all of them, or none and the
  /// reason why the message cannot be read.
  std::optional<std::string> observe(std::string_view message, Observation& rows);

 private:
  class Walk;
  const std::unique_ptr<Walk> walk_;
};

}  // namespace penstock
