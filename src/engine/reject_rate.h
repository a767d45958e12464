#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "contract/decoder.h"

namespace penstock {

/// How many rejects are a few bad records, and not the fault of the pipe.
struct RejectLimit {
  double share = 0.5;           // of a window of records; 1: any number
  std::size_t window = 10'000;  // records
};

/// Watches how many of the last records could not become rows, so that a wrong mapping does not
/// empty a topic into the error table. Nothing is judged before a whole window was seen.
///
/// Threads: one lane.
class RejectRate {
 public:
  explicit RejectRate(RejectLimit limit) : limit_(limit) {}

  /// So many records were decoded, and these of them refused.
  void add(std::size_t records, const std::vector<Reject>& rejects);

  bool is_above_limit() const;
  /// Says how many were rejected, and what most of them lack. Recovery::stop.
  Error error() const;

 private:
  struct Reason {
    std::size_t rejects = 0;
    std::string detail;  // of the first
  };
  /// Some of the last records. Counted together, so that the window moves in steps.
  struct Step {
    std::size_t records = 0;
    std::size_t rejects = 0;
    std::map<std::pair<std::string_view, std::string>, Reason> reasons;  // by code and field
  };

  Reason main_reason() const;

  const RejectLimit limit_;
  std::deque<Step> steps_;
  std::size_t records_ = 0;  // in all steps
  std::size_t rejects_ = 0;  // likewise
};

}  // namespace penstock
