#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace penstock::registry {

/// A registry's URL taken apart: where it is, and which schema is for messages that name none.
struct Address {
  std::string base;        // http(s)://host[:port][/prefix], no slash at the end
  std::string configured;  // the path below it of that schema, e.g. "/schemas/ids/7"; or empty
};

/// Understands `<base>`, `<base>/schemas/ids/<id>` and `<base>/subjects/<subject>`, the last with
/// `/versions/<version>`, `/versions/latest` or, as ClickPipes allows, `/latest` behind it.
/// A subject keeps its escapes. Errors: pipe.document, without what could be a secret.
Result<Address> parse_address(const std::string& url);

/// The URL of the latest schema of a subject in the registry behind `url`.
/// Errors: as parse_address().
Result<std::string> latest_of_subject(const std::string& url, std::string_view subject);

}  // namespace penstock::registry
