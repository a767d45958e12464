#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace penstock::kafka {

// A log that ends before what was read of it: was it cut short, or its topic deleted and made anew?
// Where nobody but a person can tell, that is stored in place of the note beside the group's
// position, so that a later start does not go on in a log that has grown past it since. Moving the
// group's position takes the note away.

/// The note of a log that is not to be read on for this reason.
std::string gone_back_note(std::string_view reason);

/// The reason, where a note is such a one.
std::optional<std::string_view> gone_back_reason(std::string_view note);

/// kafka.gone_back. `what`: which logs, and why, one after the other.
Error gone_back_error(const std::vector<std::string>& what, Recovery recovery);

}  // namespace penstock::kafka
