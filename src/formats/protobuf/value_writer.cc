#include "formats/protobuf/value_writer.h"

#include <type_traits>
#include <utility>

#include "formats/protobuf/message_put.h"
#include "formats/protobuf/message_writer.h"
#include "formats/protobuf/scalar_put.h"
#include "model/column/concrete.h"

namespace penstock::protobuf {
namespace {

/// The wishes of a Tuple's elements: fields of their names. Elements without names, as Point has
/// them, take the fields in order when there are as many.
std::vector<Wish> wishes_of(TupleColumn& tuple, const MessageType& type) {
  const bool in_order = tuple.names().empty() && tuple.children() == type.fields.size();
  std::vector<Wish> wishes;
  for (std::size_t i = 0; i < tuple.children(); ++i) {
    std::string name = in_order ? type.fields[i].name : std::string();
    if (!tuple.names().empty()) name = tuple.names()[i];
    wishes.push_back({.path = std::move(name), .place = {.element = i}, .sample = &tuple.child(i)});
  }
  return wishes;
}

NullableColumn* as_nullable(ColumnWriter& column) { return dynamic_cast<NullableColumn*>(&column); }

/// Columns that count time in their own units, whatever unit it comes in.
bool knows_moments(ColumnWriter& sample) {
  NullableColumn* const nullable = as_nullable(sample);
  return with_concrete(nullable == nullptr ? sample : static_cast<ColumnWriter&>(nullable->inner()),
                       [](auto& concrete) {
                         using C = std::remove_reference_t<decltype(concrete)>;
                         return std::is_same_v<C, TextColumn> ||
                                std::is_same_v<C, DateColumn<std::uint16_t>> ||
                                std::is_same_v<C, DateColumn<std::int32_t>> ||
                                std::is_same_v<C, DateTimeColumn<std::uint32_t>> ||
                                std::is_same_v<C, DateTimeColumn<std::int64_t>>;
                       });
}

}  // namespace

ValueWriter::ValueWriter(const FieldType& field, ColumnWriter& sample, Reading& reading)
    : field_(&field), reading_(&reading) {
  if (field.kind == FieldKind::message) {
    choose_message(sample);
  } else if (sample.shape() == Shape::scalar || sample.shape() == Shape::choice) {
    put_ = scalar_put(field, sample);
  } else {
    put_ = put_unsuitable;
  }
}

ValueWriter::~ValueWriter() = default;
ValueWriter::ValueWriter(ValueWriter&&) noexcept = default;

void ValueWriter::choose_message(ColumnWriter& sample) {
  const MessageType& type = *field_->message;
  const Shape shape = sample.shape();
  if (NullableColumn* const nullable = as_nullable(sample);
      nullable != nullptr && nullable->inner().shape() != Shape::scalar) {
    inner_ = std::make_unique<ValueWriter>(*field_, nullable->inner(), *reading_);
    put_ = put_not_null;
    return;
  }
  if (shape == Shape::record) return choose_tuple(sample);
  if (shape == Shape::list || shape == Shape::map) return choose_wrapped(sample);
  message_ = std::make_unique<ScannedMessage>(type);
  switch (type.well_known) {
    case WellKnown::timestamp:
      put_ = knows_moments(sample) ? put_moment : put_moment_in_nanos;
      return;
    case WellKnown::duration: put_ = put_length; return;
    case WellKnown::wrapper:
      inner_ = std::make_unique<ValueWriter>(type.fields[0], sample, *reading_);
      put_ = put_wrapped;
      return;
    case WellKnown::value: put_ = put_any_value; break;
    case WellKnown::field_mask: put_ = put_paths; return;
    case WellKnown::decimal: put_ = put_exact_decimal; return;
    default: put_ = put_json_text; break;
  }
  member_ = shape == Shape::choice ? sample.member_for(Shape::record) : -1;
  if (member_ < 0 || type.well_known != WellKnown::none) return;
  auto& record = sample.child(static_cast<std::size_t>(member_));
  inner_ = std::make_unique<ValueWriter>(*field_, record, *reading_);
  put_ = put_member;
}

void ValueWriter::choose_tuple(ColumnWriter& sample) {
  put_ = put_unsuitable;
  auto* const tuple = dynamic_cast<TupleColumn*>(&sample);
  if (tuple == nullptr) return;
  elements_ = std::make_unique<MessageWriter>(*field_->message, wishes_of(*tuple, *field_->message),
                                              *reading_);
  if (elements_->knows_any()) put_ = put_elements;
}

/// A message with one field, a list or a map: Protobuf has no lists of those.
void ValueWriter::choose_wrapped(ColumnWriter& sample) {
  put_ = put_unsuitable;
  const MessageType& type = *field_->message;
  if (type.fields.size() != 1 || !type.fields[0].is_repeated) return;
  const Wish whole{.path = type.fields[0].name, .place = {.is_itself = true}, .sample = &sample};
  elements_ = std::make_unique<MessageWriter>(type, std::vector{whole}, *reading_);
  put_ = put_wrapped_list;
}

void ValueWriter::aim(ColumnWriter& into) {
  if (elements_ != nullptr) elements_->aim(&into);
  if (inner_ == nullptr) return;
  if (member_ >= 0) {
    inner_->aim(into.child(static_cast<std::size_t>(member_)));
  } else if (put_ == put_not_null) {
    inner_->aim(static_cast<NullableColumn&>(into).inner());
  } else {
    inner_->aim(into);
  }
}

bool ValueWriter::has_wrapped_zero() const {
  const MessageType* const type = field_->message;
  if (message_ == nullptr || type->well_known != WellKnown::wrapper) return false;
  const WireValue* const wrapped = message_->found().last(0);
  return wrapped == nullptr || is_zero(type->fields[0], *wrapped);
}

}  // namespace penstock::protobuf
