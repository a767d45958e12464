#pragma once

#include <fmt/format.h>

#include <cstdio>
#include <optional>
#include <string>

#include "timeline.h"

namespace penstock::sim {

/// What happens in a world, told line by line when somebody listens, and the first thing that must
/// not happen.
class Story {
 public:
  Story(const Timeline& timeline, bool aloud) : timeline_(timeline), aloud_(aloud) {}

  template <class... Args>
  void tell(fmt::format_string<Args...> text, Args&&... args) {
    if (aloud_) print(fmt::format(text, std::forward<Args>(args)...));
  }
  /// A promise is broken. The first one counts.
  void fail(const std::string& what) {
    if (failure_) return;
    failure_ = what;
    tell("FAILED: {}", what);
  }
  const std::optional<std::string>& failure() const { return failure_; }

 private:
  void print(const std::string& text) const {
    const auto since = timeline_.now().time_since_epoch() - std::chrono::hours(1);
    fmt::print("{:10.4f}  {}\n", std::chrono::duration<double>(since).count(), text);
  }

  const Timeline& timeline_;
  const bool aloud_;
  std::optional<std::string> failure_;
};

}  // namespace penstock::sim
