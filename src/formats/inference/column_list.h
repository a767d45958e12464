#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "formats/inference/proposal.h"

namespace penstock {

/// Names the columns of a proposal after fields.
class ColumnList {
 public:
  /// `fields`: the names of all fields there are.
  explicit ColumnList(const std::vector<std::string_view>& fields);

  /// The column for a field, yet without a type; null where it cannot have one, which
  /// `left_out` says then.
  ProposedColumn* add(std::string_view field);

  std::vector<ProposedColumn> columns;
  std::vector<std::string> left_out;

 private:
  std::string column_name(std::string_view field) const;

  std::set<std::string, std::less<>> taken_;
};

}  // namespace penstock
