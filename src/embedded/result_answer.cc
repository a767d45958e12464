#include "embedded/result_answer.h"

#include <fmt/format.h>

#include <random>
#include <utility>

namespace penstock::embedded {

ResultAnswer::ResultAnswer(Parts parts, QueryResult first)
    : parts_(std::move(parts)), first_(std::move(first)) {}

ResultAnswer::~ResultAnswer() { end(true); }

std::string ResultAnswer::next() {
  while (!ended_) {
    const bool is_first = first_.has_value();
    const QueryResult piece =
        is_first ? *std::exchange(first_, std::nullopt) : parts_.stream->next();
    if (piece.refusal()) return fail(*piece.refusal());
    std::string_view bytes = piece.bytes();
    if (bytes.empty()) break;
    if (!is_first) bytes.remove_prefix(header_size(parts_.joining, bytes));
    if (std::string out = encode(bytes); !out.empty()) return out;
  }
  end(false);
  return finish();
}

std::string ResultAnswer::encode(std::string_view bytes) {
  return parts_.encoder ? parts_.encoder->write(bytes) : std::string(bytes);
}

std::string ResultAnswer::finish() {
  if (std::exchange(finished_, true) || !parts_.encoder) return {};
  return parts_.encoder->finish();
}

std::string ResultAnswer::fail(const Refusal& refusal) {
  end(true);
  broken_ = true;
  const std::string text = refusal.text(parts_.version) + "\n";
  std::string out =
      encode(fmt::format("\r\n__exception__\r\n{0}\r\n{1}{2} {0}\r\n__exception__\r\n",
                         parts_.exception_tag, text, text.size()));
  return out + finish();
}

void ResultAnswer::end(bool failed) {
  if (std::exchange(ended_, true)) return;
  parts_.stream.reset();
  parts_.ended(failed);
}

std::string random_tag() {
  std::random_device random;
  std::string tag;
  while (tag.size() < 16) tag += static_cast<char>('a' + random() % 26);
  return tag;
}

}  // namespace penstock::embedded
