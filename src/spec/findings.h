#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "spec/problem.h"

namespace penstock::spec {

/// What one parse finds: problems make the settings unusable, warnings do not.
struct Findings {
  std::vector<Problem> problems;
  std::vector<Problem> warnings;
};

/// What a rule over several fields has to say; paths are relative to the object it checks.
class Complaints {
 public:
  void add(std::string path, std::string message, std::string found = {}) {
    list_.push_back({std::move(path), std::move(message), std::move(found), {}});
  }
  const std::vector<Problem>& list() const { return list_; }

 private:
  std::vector<Problem> list_;
};

/// Is something wrong already said about the node at `path`, one above or one below it?
bool speaks_of(const std::vector<Problem>& problems, std::string_view path);

/// Orders problems as a person reads the file.
void sort_by_place(std::vector<Problem>& problems);

}  // namespace penstock::spec
