#pragma once

#include <cstddef>
#include <string_view>

namespace penstock::protobuf {

/// Walks the tokens of .proto source: words, quoted strings, single other characters.
/// Comments and blanks are passed over.
class SourceScan {
 public:
  explicit SourceScan(std::string_view source) : source_(source) {}

  /// Empty at the end.
  std::string_view next();
  /// Where the last token begins in the source.
  std::size_t place() const noexcept { return place_; }

 private:
  void skip_blanks();

  std::string_view source_;
  std::size_t at_ = 0;
  std::size_t place_ = 0;
};

/// Whether the token is a name or a number, not a string or a sign.
bool is_word(std::string_view token);

}  // namespace penstock::protobuf
