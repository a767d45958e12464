#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace penstock {

/// What the reference page, the console and the closing line of a failed pipe
/// say about one stable error code.
struct CatalogEntry {
  std::string_view code;
  std::string_view title;
  std::string_view remedy;  // what a person can do, one sentence
};

/// Every code Penstock can report, sorted. A test fails when source code uses
/// a code that is not listed here.
std::span<const CatalogEntry> error_catalog();

std::optional<CatalogEntry> explain(std::string_view code);

}  // namespace penstock
