#include "spec/read_document.h"

namespace penstock::spec {

Reading read_document(std::string_view text, std::string_view file_name) {
  Reading reading = file_name.ends_with(".json") ? read_json(text) : read_yaml(text);
  if (reading.documents.empty() && reading.problems.empty()) {
    reading.problems.push_back({.message = "the file holds no document"});
  }
  return reading;
}

}  // namespace penstock::spec
