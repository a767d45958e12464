#include "produce/broken.h"

namespace penstock::produce {
namespace {

std::string truncated(const Event& event) {
  const std::string whole = to_json(event);
  return whole.substr(0, whole.size() * 2 / 3);
}

}  // namespace

std::string to_broken_message(Event event, std::uint64_t kind) {
  switch (kind % kBrokenKinds) {
    case 0: return truncated(event);
    case 1: event.mobile = R"({"yes":1})"; break;
    case 2: event.tags = "[7,300]"; break;
    case 3: event.session_id = R"("not-a-session")"; break;
    case 4: return "42";
    case 5: return "";
    case 6: event.ts = R"("2026-13-45 03:04:05.678")"; break;
    case 7: event.ip = R"("10.0.0.999")"; break;
    case 8: event.amount = R"("a lot")"; break;
    default: return "[" + event.id + "," + event.ts + "," + event.user + "]";
  }
  return to_json(event);
}

}  // namespace penstock::produce
