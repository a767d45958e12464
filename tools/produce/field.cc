#include "produce/field.h"

#include <array>
#include <charconv>
#include <chrono>

namespace penstock::produce {
namespace {

constexpr std::array<Field, 11> kWeb = {{{"id", FieldForm::number},
                                         {"ts", FieldForm::moment},
                                         {"session_id", FieldForm::text},
                                         {"user", FieldForm::text},
                                         {"event", FieldForm::text},
                                         {"url", FieldForm::text},
                                         {"amount", FieldForm::real},
                                         {"mobile", FieldForm::flag},
                                         {"ip", FieldForm::text},
                                         {"country", FieldForm::text},
                                         {"tags", FieldForm::numbers}}};

constexpr std::array<Field, 2> kSystem = {
    {{"name", FieldForm::text}, {"version", FieldForm::text}}};
constexpr std::array<Field, 2> kScreen = {
    {{"width", FieldForm::number}, {"height", FieldForm::number}}};
constexpr std::array<Field, 3> kDevice = {{{"name", FieldForm::text},
                                           {"os", FieldForm::record, kSystem},
                                           {"screen", FieldForm::record, kScreen}}};
constexpr std::array<Field, 14> kOrder = {{{"id", FieldForm::number},
                                           {"ts", FieldForm::moment},
                                           {"status", FieldForm::text},
                                           {"channel", FieldForm::text},
                                           {"currency", FieldForm::text},
                                           {"customer", FieldForm::text},
                                           {"total", FieldForm::money},
                                           {"coupon", FieldForm::optional_text},
                                           {"address", FieldForm::text},
                                           {"note", FieldForm::text},
                                           {"agent", FieldForm::text},
                                           {"device", FieldForm::record, kDevice},
                                           {"attributes", FieldForm::texts},
                                           {"readings", FieldForm::reals}}};

int number_at(std::string_view text, std::size_t at, std::size_t size) {
  int number = 0;
  std::from_chars(text.data() + at, text.data() + at + size, number);
  return number;
}

}  // namespace

std::span<const Field> fields_of(std::string_view event) {
  return event == "web" ? std::span<const Field>(kWeb) : kOrder;
}

std::int64_t milliseconds_of(std::string_view moment) {
  using namespace std::chrono;
  const auto part = [moment](std::size_t at, std::size_t size) {
    return number_at(moment, at, size);
  };
  const sys_days day = year(part(0, 4)) / part(5, 2) / part(8, 2);
  const milliseconds time =
      hours(part(11, 2)) + minutes(part(14, 2)) + seconds(part(17, 2)) + milliseconds(part(20, 3));
  return (day.time_since_epoch() + time).count();
}

}  // namespace penstock::produce
