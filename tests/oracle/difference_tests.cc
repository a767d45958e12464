#include "difference_tests.h"

#include <algorithm>
#include <regex>

#include "exact_number.h"
#include "exceptions.h"

namespace penstock::oracle {
namespace {

std::size_t count(const std::string& text, std::string_view part) {
  std::size_t times = 0;
  for (std::size_t at = text.find(part); at != text.npos; at = text.find(part, at + 1)) ++times;
  return times;
}

}  // namespace

bool loses_the_number(const Difference& difference) {
  const std::string_view number = found_by_us(difference);
  // A closed enum's unknown number is not in the value as libprotobuf prints it.
  const std::size_t given = std::max<std::size_t>(count_number(difference.value, number), 1);
  return count_number(difference.theirs, number) < given;
}

bool is_no_moment(const Difference& difference) {
  static const std::regex whole(
      R"re(^"? *(\d{4}[-/._]\d\d?[-/._]\d\d?([ T]\d\d?:\d\d?(:\d\d?(\.\d*)?)?)?)re"
      R"re( *(Z|UTC|GMT|[+-](\d\d?|\d\d:?\d\d))?|\d{8}|-?\d{5,10}|\d{13}|\d{16}|\d{19}) *"?$)re");
  const std::string_view found = found_by_us(difference);
  return !std::regex_search(found.begin(), found.end(), whole);
}

bool has_more_nulls(const Difference& difference) {
  const auto nulls = [](const std::string& text) {
    return count(text, "NULL") + count(text, "\\N");
  };
  return nulls(difference.theirs) > nulls(difference.ours);
}

bool has_an_odd_moment(const Difference& difference) {
  static const std::regex text("\"([^\"]*)\"");
  static const std::regex plain(R"re("\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(\.\d+)?")re");
  const std::string& value = difference.value;
  for (std::sregex_iterator at(value.begin(), value.end(), text), end; at != end; ++at) {
    if (!std::regex_match(at->str(), plain)) return true;
  }
  return false;
}

bool spells_a_zero(const Difference& difference) {
  static const std::regex zero(R"re((^|[(',])(0|false|)(\\0|['),]|$))re");
  return std::regex_search(difference.theirs, zero);
}

bool has_a_key_twice(const Difference& difference) {
  static const std::regex twice(R"re([{,]('[^']*'|[^,:'{}]+):.*,\1:)re");
  return std::regex_search(difference.theirs, twice);
}

}  // namespace penstock::oracle
