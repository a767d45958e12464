#pragma once

#include <string>

#include "base/result.h"

namespace penstock::clickhouse {

/// Is it http(s)://host[:port][/path]? Errors: pipe.document. A user or password
/// inside is refused and not repeated in the message.
Status check_url(const std::string& url);

}  // namespace penstock::clickhouse
