#pragma once

#include <string>
#include <vector>

namespace penstock::oracle {

/// What one side made of one message.
struct Outcome {
  bool taken = false;
  std::vector<std::vector<std::string>> rows;  // one text per column, as ClickHouse prints it
  std::string column;                          // that refused the message, when known
  std::string why;                             // the refusal in words; ours begins with its code
};

}  // namespace penstock::oracle
