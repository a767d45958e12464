#include "spec/spec.h"

namespace penstock::spec {

FieldNotes& FieldNotes::required() {
  info_.required = true;
  if (info_.kind == Kind::text && !info_.minimum) info_.minimum = 1;
  return *this;
}

FieldNotes& FieldNotes::secret() {
  info_.secret = true;
  return *this;
}

FieldNotes& FieldNotes::advanced() {
  info_.advanced = true;
  return *this;
}

FieldNotes& FieldNotes::live() {
  info_.live = true;
  return *this;
}

FieldNotes& FieldNotes::group(std::string_view name) {
  info_.group = name;
  return *this;
}

FieldNotes& FieldNotes::example(std::string_view text) {
  info_.example = text;
  return *this;
}

FieldNotes& FieldNotes::suggest(std::string_view source) {
  info_.suggestions = source;
  return *this;
}

FieldNotes& FieldNotes::unit(std::string_view name) {
  info_.unit = name;
  return *this;
}

FieldNotes& FieldNotes::since(std::string_view version) {
  info_.since = version;
  return *this;
}

FieldNotes& FieldNotes::formerly(std::string_view old_name) {
  info_.formerly = old_name;
  return *this;
}

FieldNotes& FieldNotes::range(double minimum, double maximum) {
  info_.minimum = minimum;
  info_.maximum = maximum;
  return *this;
}

FieldNotes& FieldNotes::pattern(std::string_view expression, std::string_view words) {
  info_.pattern = expression;
  info_.pattern_words = words;
  return *this;
}

FieldNotes& FieldNotes::bytes() {
  info_.kind = Kind::bytes;
  return *this;
}

FieldNotes& FieldNotes::or_number() {
  info_.text_or_number = true;
  return *this;
}

}  // namespace penstock::spec
