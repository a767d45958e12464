#include "exceptions_json.h"

#include <vector>

namespace penstock::oracle {

std::span<const Exception> json_exceptions() {
  static const std::vector<Exception> kAll = [] {
    std::vector<Exception> all;
    for (const auto part :
         {json_message_exceptions(), json_moment_exceptions(), json_number_exceptions(),
          json_container_exceptions(), json_member_exceptions()}) {
      all.insert(all.end(), part.begin(), part.end());
    }
    return all;
  }();
  return kAll;
}

}  // namespace penstock::oracle
