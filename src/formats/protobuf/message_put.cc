#include "formats/protobuf/message_put.h"

#include <fmt/format.h>

#include <string>

#include "formats/protobuf/message_writer.h"
#include "formats/protobuf/number.h"
#include "formats/protobuf/scalar_put.h"
#include "formats/protobuf/scanned_message.h"
#include "formats/protobuf/well_known.h"
#include "formats/unscaled.h"
#include "model/column/nullable.h"

namespace penstock::protobuf {
namespace {

Fit note(ValueWriter& self, const WireValue& value, Fit fit) {
  if (fit == Fit::ok) return fit;
  return self.reading().refuse(fit, spell(self.field(), value));
}

Fit scan(ValueWriter& self, const WireValue& value) {
  Reading& reading = self.reading();
  return self.message().scan(value.bytes(), reading.max_depth, reading.trouble);
}

Fit refuse_seconds(ValueWriter& self, Fit fit, SecondsAndNanos time) {
  return self.reading().refuse(fit,
                               fmt::format("{{seconds: {}, nanos: {}}}", time.seconds, time.nanos));
}

}  // namespace

Fit put_elements(ValueWriter& self, const WireValue& value, ColumnWriter& into) {
  if (const Fit fit = self.elements().write(value.bytes()); fit != Fit::ok) return fit;
  return note(self, value, into.end());
}

Fit put_wrapped_list(ValueWriter& self, const WireValue& value, ColumnWriter& /*into*/) {
  return self.elements().write(value.bytes());
}

Fit put_json_text(ValueWriter& self, const WireValue& value, ColumnWriter& into) {
  MessageJson& json = self.reading().json;
  json.out().clear();
  const Fit fit = json.put_message(*self.field().message, value.bytes(), self.reading().trouble);
  return fit == Fit::ok ? note(self, value, into.put_json(json.out().text())) : fit;
}

Fit put_member(ValueWriter& self, const WireValue& value, ColumnWriter& into) {
  auto& member = into.child(static_cast<std::size_t>(self.member()));
  if (const Fit fit = self.inner().put(value, member); fit != Fit::ok) return fit;
  return note(self, value, into.end());
}

Fit put_not_null(ValueWriter& self, const WireValue& value, ColumnWriter& into) {
  auto& nullable = static_cast<NullableColumn&>(into);
  return nullable.note(self.inner().put(value, nullable.inner()));
}

Fit put_unsuitable(ValueWriter& self, const WireValue& value, ColumnWriter& /*into*/) {
  return note(self, value, Fit::wrong_type);
}

Fit put_moment(ValueWriter& self, const WireValue& value, ColumnWriter& into) {
  if (const Fit fit = scan(self, value); fit != Fit::ok) return fit;
  const auto time = SecondsAndNanos::of(self.message().found());
  Fit fit = Fit::out_of_range;
  if (time.nanos < 0) return refuse_seconds(self, fit, time);
  if (const auto nanos = time.in_nanos()) {
    fit = into.put_time(*nanos, TimeUnit::nanoseconds);
  } else if (const auto micros = time.in_micros()) {
    fit = into.put_time(*micros, TimeUnit::microseconds);
  }
  return fit == Fit::ok ? fit : refuse_seconds(self, fit, time);
}

Fit put_moment_in_nanos(ValueWriter& self, const WireValue& value, ColumnWriter& into) {
  if (const Fit fit = scan(self, value); fit != Fit::ok) return fit;
  const auto time = SecondsAndNanos::of(self.message().found());
  const auto nanos = time.nanos < 0 ? std::nullopt : time.in_nanos();
  const Fit fit = nanos ? into.put_time(*nanos, TimeUnit::nanoseconds) : Fit::out_of_range;
  return fit == Fit::ok ? fit : refuse_seconds(self, fit, time);
}

Fit put_length(ValueWriter& self, const WireValue& value, ColumnWriter& into) {
  if (const Fit fit = scan(self, value); fit != Fit::ok) return fit;
  const auto time = SecondsAndNanos::of(self.message().found());
  const bool same_sign =
      (time.seconds <= 0 || time.nanos >= 0) && (time.seconds >= 0 || time.nanos <= 0);
  const auto nanos = same_sign ? time.in_nanos() : std::nullopt;
  const Fit fit = nanos ? into.put_duration(*nanos, TimeUnit::nanoseconds) : Fit::out_of_range;
  return fit == Fit::ok ? fit : refuse_seconds(self, fit, time);
}

Fit put_wrapped(ValueWriter& self, const WireValue& value, ColumnWriter& into) {
  if (const Fit fit = scan(self, value); fit != Fit::ok) return fit;
  const WireValue* const inside = self.message().found().last(0);
  return self.inner().put(inside == nullptr ? zero_of(self.inner().field()) : *inside, into);
}

Fit put_any_value(ValueWriter& self, const WireValue& value, ColumnWriter& into) {
  if (const Fit fit = scan(self, value); fit != Fit::ok) return fit;
  const Findings& found = self.message().found();
  if (const WireValue* const number = found.last(1)) {
    const double real = number_of<FieldKind::real64>(number->number);
    const Fit fit = into.put_real(real);
    return fit == Fit::ok ? fit : self.reading().refuse(fit, fmt::format("{}", real));
  }
  if (const WireValue* const text = found.last(2)) {
    const std::size_t bytes = text->bytes().size();
    if (bytes > self.reading().max_string_bytes)
      return self.reading().trouble.call_long_text(bytes);
    const Fit fit = into.put_text(text->bytes());
    return fit == Fit::ok ? fit : self.reading().refuse(fit, fmt::format("\"{}\"", text->bytes()));
  }
  if (const WireValue* const boolean = found.last(3)) {
    return note(self, value, into.put_bool(boolean->number != 0));
  }
  if (found.has(4) || found.has(5)) return put_json_text(self, value, into);
  return note(self, value, into.put_null());
}

Fit put_paths(ValueWriter& self, const WireValue& value, ColumnWriter& into) {
  if (const Fit fit = scan(self, value); fit != Fit::ok) return fit;
  std::string paths;
  for (const WireValue& path : self.message().found().all(0)) {
    paths += paths.empty() ? "" : ",";
    paths += path.bytes();
  }
  return note(self, value, into.put_text(paths));
}

Fit put_exact_decimal(ValueWriter& self, const WireValue& value, ColumnWriter& into) {
  constexpr std::size_t kMostBytes = 32;  // of the widest Decimal
  constexpr std::int64_t kMostScale = 76;
  if (const Fit fit = scan(self, value); fit != Fit::ok) return fit;
  const Findings& found = self.message().found();
  const Unscaled number{found.has(0) ? found.last(0)->bytes() : std::string_view()};
  const auto scale = found.has(2) ? number_of<FieldKind::int32>(found.last(2)->number) : 0;
  if (number.bytes.size() > kMostBytes || scale < 0 || scale > kMostScale) {
    return self.reading().refuse(
        Fit::out_of_range,
        fmt::format("a decimal of {} bytes and the scale {}", number.bytes.size(), scale));
  }
  const Fit fit = number.put(static_cast<int>(scale), into);
  return fit == Fit::ok ? fit : self.reading().refuse(fit, number.spell(static_cast<int>(scale)));
}

}  // namespace penstock::protobuf
