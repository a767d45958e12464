#pragma once

#include <memory>
#include <optional>
#include <string>

#include "formats/inference/observation.h"
#include "formats/json/message_text.h"
#include "formats/record_decoder.h"

namespace penstock {

/// Notes what JSON messages hold. Takes what the JSON decoder takes: one object or several, a
/// byte order mark or the frame of a schema in front.
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
  std::optional<std::string> observe(const RecordView& record, Observation& rows);

 private:
  class Walk;
  const RecordLimits limits_;
  json::MessageText texts_;
  const std::unique_ptr<Walk> walk_;
};

}  // namespace penstock
