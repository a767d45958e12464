#include "exceptions.h"

#include <map>
#include <regex>

namespace penstock::oracle {
namespace {

bool occurs(std::string_view pattern, const std::string& text) {
  static std::map<std::string_view, std::regex> compiled;
  auto [found, added] = compiled.try_emplace(pattern);
  if (added) found->second.assign(pattern.data(), pattern.size(), std::regex::optimize);
  return std::regex_search(text, found->second);
}

bool side_fits(std::string_view pattern, bool taken, const std::string& text) {
  return pattern.empty() ? taken : !taken && occurs(pattern, text);
}

bool covers(const Exception& exception, const Difference& found) {
  return side_fits(exception.ours, found.ours_taken, found.ours) &&
         side_fits(exception.theirs, found.theirs_taken, found.theirs) &&
         occurs(exception.type, found.type) && occurs(exception.value, found.value) &&
         (exception.also == nullptr || exception.also(found));
}

}  // namespace

std::string_view found_by_us(const Difference& difference) {
  std::string_view text = difference.ours;
  for (const std::string_view before : {": cannot take ", ": cannot read "}) {
    const std::size_t at = text.rfind(before);
    if (at == text.npos) continue;
    text.remove_prefix(at + before.size());
    constexpr std::string_view kBytes = "the bytes ";
    if (text.starts_with(kBytes)) text.remove_prefix(kBytes.size());
    return text.substr(0, text.rfind(": out of range"));
  }
  return {};
}

std::vector<Exception> joined(std::initializer_list<std::span<const Exception>> parts) {
  std::vector<Exception> all;
  for (const auto part : parts) all.insert(all.end(), part.begin(), part.end());
  return all;
}

const Exception* find_exception(std::span<const Exception> exceptions,
                                const Difference& difference) {
  for (const Exception& exception : exceptions) {
    if (covers(exception, difference)) return &exception;
  }
  return nullptr;
}

}  // namespace penstock::oracle
