#include "base/error.h"

namespace penstock {

std::string Error::text() const {
  std::string out = message;
  const char* separator = " (";
  for (const std::string& step : trail) {
    out += separator + step;
    separator = ", ";
  }
  if (!trail.empty()) out += ')';
  return out;
}

}  // namespace penstock
