#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace penstock::embedded {

/// One part of a multipart/form-data body; views into that body.
struct FormPart {
  std::string name;
  bool is_file = false;
  std::string_view content;
};

/// Cuts a whole body by the boundary that its Content-Type names; nothing
/// when there is no boundary or the body does not end with it.
std::optional<std::vector<FormPart>> read_multipart(std::string_view content_type,
                                                    std::string_view body);

}  // namespace penstock::embedded
