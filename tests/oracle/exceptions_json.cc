#include "exceptions_json.h"

namespace penstock::oracle {

std::span<const Exception> json_exceptions() {
  static const auto kAll =
      joined({json_message_exceptions(), json_moment_exceptions(), json_number_exceptions(),
              json_container_exceptions(), json_member_exceptions()});
  return kAll;
}

}  // namespace penstock::oracle
