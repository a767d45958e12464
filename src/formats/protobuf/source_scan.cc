#include "formats/protobuf/source_scan.h"

#include <algorithm>

namespace penstock::protobuf {
namespace {

bool is_word_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

}  // namespace

bool is_word(std::string_view token) { return !token.empty() && is_word_character(token.front()); }

void SourceScan::skip_blanks() {
  const auto skip_to = [this](std::string_view mark) {
    const std::size_t found = source_.find(mark, at_ + 2);
    at_ = found == std::string_view::npos ? source_.size() : found + mark.size();
  };
  while (at_ < source_.size()) {
    const std::string_view rest = source_.substr(at_);
    if (rest.starts_with("//")) {
      skip_to("\n");
    } else if (rest.starts_with("/*")) {
      skip_to("*/");
    } else if (rest.front() <= ' ' && rest.front() >= 0) {
      ++at_;
    } else {
      return;
    }
  }
}

std::string_view SourceScan::next() {
  skip_blanks();
  place_ = at_;
  if (at_ == source_.size()) return {};
  const char first = source_[at_++];
  if (is_word_character(first)) {
    while (at_ < source_.size() && is_word_character(source_[at_])) ++at_;
  } else if (first == '"' || first == '\'') {
    while (at_ < source_.size() && source_[at_] != first && source_[at_] != '\n') {
      at_ += source_[at_] == '\\' ? 2 : 1;
    }
    at_ = std::min(at_ + 1, source_.size());
  }
  return source_.substr(place_, at_ - place_);
}

}  // namespace penstock::protobuf
