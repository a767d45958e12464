#include "difference_tests.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
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

bool clamps_a_day(const Difference& difference) {
  static const std::regex limit("1900-01-01|2299-12-31");
  static const std::regex beyond(R"re(\b(0\d|1[0-8]|2[3-9]|[3-9]\d)\d\d-\d\d-\d\d)re");
  return std::regex_search(difference.theirs, limit) && std::regex_search(difference.ours, beyond);
}

bool only_signs_a_zero(const Difference& difference) {
  static const std::regex minus_zero(R"re(-0(?![.\d]))re");
  return std::regex_replace(difference.theirs, minus_zero, "0") == difference.ours;
}

std::vector<double> numbers_in(const std::string& text) {
  static const std::regex number(R"re(([A-Za-z_]\w*)|[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?)re");
  std::vector<double> numbers;
  for (std::sregex_iterator at(text.begin(), text.end(), number), end; at != end; ++at) {
    if (!(*at)[1].matched) numbers.push_back(std::strtod(at->str().c_str(), nullptr));
  }
  return numbers;
}

bool keeps_the_numbers(const Difference& difference, const std::string& stored) {
  static const std::regex open("Date|Time|IPv|UUID|Enum");
  if (std::regex_search(difference.type, open) || difference.value.find('\\') != std::string::npos)
    return true;
  const bool has_floats = difference.type.find("Float") != std::string::npos;
  const double likeness = has_floats ? 1e-2 : 1e-15;
  // In front of the text stand the bytes, which tell the types.
  const auto found = numbers_in(stored.substr(std::min(stored.find(' '), stored.size())));
  return std::ranges::all_of(numbers_in(difference.value), [&](double number) {
    return std::ranges::any_of(found, [&](double other) {
      return number == other ||
             (std::isfinite(number) && std::abs(number - other) <= std::abs(number) * likeness);
    });
  });
}

bool keeps_its_number(const Difference& difference) {
  static const std::regex found(R"re(digits were read: '([^']*)'e(-?\d+))re");
  std::smatch number;
  return std::regex_search(difference.theirs, number, found) &&
         count_number(difference.ours, number.str(1) + "e" + number.str(2)) > 0;
}

bool is_whole_message(const Difference& difference) {
  return !difference.message.starts_with("bytes ") && difference.message != "bytes";
}

bool is_no_whole_message(const Difference& difference) { return !is_whole_message(difference); }

bool has_a_key_twice(const Difference& difference) {
  static const std::regex twice(R"re([{,]('(?:[^'\\]|\\.)*'|[^,:'{}]+):.*,\1:)re");
  return std::regex_search(difference.theirs, twice);
}

}  // namespace penstock::oracle
