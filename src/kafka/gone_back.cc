#include "kafka/gone_back.h"

#include <algorithm>

namespace penstock::kafka {
namespace {

constexpr std::string_view kMark = "penstock stopped: ";
constexpr std::size_t kMostNamed = 20;

}  // namespace

std::string gone_back_note(std::string_view reason) { return std::string(kMark).append(reason); }

std::optional<std::string_view> gone_back_reason(std::string_view note) {
  if (!note.starts_with(kMark)) return std::nullopt;
  return note.substr(kMark.size());
}

Error gone_back_error(const std::vector<std::string>& what, Recovery recovery) {
  std::string message;
  for (std::size_t i = 0; i < std::min(what.size(), kMostNamed); ++i) {
    message += (i == 0 ? "" : "; ") + what[i];
  }
  if (what.size() > kMostNamed) {
    message += "; " + std::to_string(what.size() - kMostNamed) + " more partitions";
  }
  return {.fault = Fault::user,
          .recovery = recovery,
          .code = "kafka.gone_back",
          .message = std::move(message)};
}

}  // namespace penstock::kafka
