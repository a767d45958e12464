#pragma once

#include "formats/protobuf/value_writer.h"

namespace penstock::protobuf {

/// How a message becomes one value of a column. All are ValueWriter::Put.

Fit put_elements(ValueWriter& self, const WireValue& value, ColumnWriter& into);
Fit put_wrapped_list(ValueWriter& self, const WireValue& value, ColumnWriter& into);
Fit put_json_text(ValueWriter& self, const WireValue& value, ColumnWriter& into);
Fit put_member(ValueWriter& self, const WireValue& value, ColumnWriter& into);
Fit put_not_null(ValueWriter& self, const WireValue& value, ColumnWriter& into);
Fit put_unsuitable(ValueWriter& self, const WireValue& value, ColumnWriter& into);
/// For columns that count time in units of their own, and for the others, which take nanoseconds.
Fit put_moment(ValueWriter& self, const WireValue& value, ColumnWriter& into);
Fit put_moment_in_nanos(ValueWriter& self, const WireValue& value, ColumnWriter& into);
Fit put_length(ValueWriter& self, const WireValue& value, ColumnWriter& into);
Fit put_wrapped(ValueWriter& self, const WireValue& value, ColumnWriter& into);
Fit put_any_value(ValueWriter& self, const WireValue& value, ColumnWriter& into);
Fit put_paths(ValueWriter& self, const WireValue& value, ColumnWriter& into);
Fit put_exact_decimal(ValueWriter& self, const WireValue& value, ColumnWriter& into);

}  // namespace penstock::protobuf
