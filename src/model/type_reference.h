#pragma once

#include <span>
#include <string_view>

namespace penstock {

/// What a family of column types makes of the values of each format: a row of
/// docs/reference/types.md, which `penstock explain types` prints. Markdown.
struct TypeReference {
  /// Names as in the registry, separated by blanks.
  std::string_view types;
  std::string_view json;
  /// Avro and Protobuf: what differs from JSON or goes beyond it.
  std::string_view binary;
  std::string_view refused;
};

/// Every type a column can be written as, and at the end those that never are.
std::span<const TypeReference> type_references();

/// The order in which the members of a Variant are tried, one line per kind of value.
struct VariantReference {
  std::string_view value;
  std::string_view order;
};

std::span<const VariantReference> variant_references();

}  // namespace penstock
