#include "engine/reject_rate.h"

#include <fmt/format.h>

namespace penstock {
namespace {

constexpr std::size_t kStepsPerWindow = 10;

}  // namespace

void RejectRate::add(std::size_t records, const std::vector<Reject>& rejects) {
  if (steps_.empty() || steps_.back().records >= limit_.window / kStepsPerWindow) {
    steps_.emplace_back();
  }
  Step& step = steps_.back();
  step.records += records;
  step.rejects += rejects.size();
  for (const Reject& reject : rejects) {
    Reason& reason = step.reasons[{reject.code, reject.field}];
    if (reason.rejects++ == 0) reason.detail = reject.detail;
  }
  records_ += records;
  rejects_ += rejects.size();
  while (records_ - steps_.front().records >= limit_.window) {
    records_ -= steps_.front().records;
    rejects_ -= steps_.front().rejects;
    steps_.pop_front();
  }
}

bool RejectRate::is_above_limit() const {
  return records_ >= limit_.window &&
         static_cast<double>(rejects_) > limit_.share * static_cast<double>(records_);
}

Error RejectRate::error() const {
  const Reason reason = main_reason();
  return {.fault = Fault::data,
          .recovery = Recovery::stop,
          .code = "engine.too_many_rejects",
          .message = fmt::format("{} of the last {} records were rejected, max_rejected_share is "
                                 "{}; {} of them like this: {}",
                                 rejects_, records_, limit_.share, reason.rejects, reason.detail)};
}

RejectRate::Reason RejectRate::main_reason() const {
  std::map<std::pair<std::string_view, std::string>, Reason> reasons;
  Reason most;
  for (const Step& step : steps_) {
    for (const auto& [key, part] : step.reasons) {
      Reason& reason = reasons.try_emplace(key, Reason{.detail = part.detail}).first->second;
      reason.rejects += part.rejects;
      if (reason.rejects > most.rejects) most = reason;
    }
  }
  return most;
}

}  // namespace penstock
