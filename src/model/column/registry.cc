#include <algorithm>

#include "model/column.h"
#include "model/column/number.h"
#include "model/column/text.h"

namespace penstock {
namespace {

struct Entry {
  std::string_view type;
  Result<std::unique_ptr<Column>> (*make)(const Type&);
};

/// An aggregate that is stored as its plain result: SimpleAggregateFunction(sum, UInt64).
Result<std::unique_ptr<Column>> make_result_of(const Type& type) {
  return make_column(type.arguments.empty() ? Type{} : type.arguments.front());
}

/// Every type Penstock writes. A new one needs its file pair and a line here.
constexpr Entry kTypes[] = {
    {"Float32", make_number<float>},
    {"Float64", make_number<double>},
    {"Int8", make_number<std::int8_t>},
    {"Int16", make_number<std::int16_t>},
    {"Int32", make_number<std::int32_t>},
    {"Int64", make_number<std::int64_t>},
    {"SimpleAggregateFunction", make_result_of},
    {"String", make_text},
    {"UInt8", make_number<std::uint8_t>},
    {"UInt16", make_number<std::uint16_t>},
    {"UInt32", make_number<std::uint32_t>},
    {"UInt64", make_number<std::uint64_t>},
};

}  // namespace

Result<std::unique_ptr<Column>> make_column(const Type& type) {
  const auto* entry = std::ranges::find(kTypes, type.name, &Entry::type);
  if (entry != std::end(kTypes)) return entry->make(type);
  return Error{
      .fault = Fault::user,
      .recovery = Recovery::stop,
      .code = "pipe.mapping",
      .message = "no column of type " + to_string(type) +
                 " can be written; leave the column out of the mapping or change its type"};
}

}  // namespace penstock
