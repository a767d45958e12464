#pragma once

#include <set>
#include <vector>

namespace penstock {

/// Whether a value of the type `node` can lie in another one, at whatever depth.
/// `each_inner(node, visit)` calls `visit` with a pointer to each type right inside.
template <class Node, class EachInner>
bool holds_itself(const Node& node, EachInner each_inner) {
  std::set<const Node*> seen;
  std::vector<const Node*> open{&node};
  while (!open.empty()) {
    const Node* const at = open.back();
    open.pop_back();
    each_inner(*at, [&](const Node* inner) {
      if (seen.insert(inner).second) open.push_back(inner);
    });
  }
  return seen.contains(&node);
}

}  // namespace penstock
