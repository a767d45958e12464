#include "formats/tests/decode_anything.h"

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <tuple>
#include <utility>
#include <vector>

#include "base/error_catalog.h"
#include "formats/json/decoder.h"
#include "formats/tests/exact_copy.h"
#include "model/mapping.h"
#include "model/native_text.h"

namespace penstock {
namespace {

constexpr std::string_view kGoodMessage = R"({"i": 7, "s": "good"})";
constexpr std::size_t kRowsBeforeReading = 16;

struct ColumnSpelling {
  std::string_view name, type;
  DefaultKind default_kind = DefaultKind::none;
};

// Short names, so that mutations hit them.
constexpr ColumnSpelling kColumns[] = {
    {"i", "Int32"},
    {"s", "String"},
    {"a", "Int8"},
    {"b", "UInt64"},
    {"c", "Int64", DefaultKind::expression},
    {"d", "Float32"},
    {"e", "Float64"},
    {"f", "Bool"},
    {"g", "FixedString(4)"},
    {"h", "Date"},
    {"j", "Date32"},
    {"k", "DateTime('Europe/Berlin')"},
    {"l", "DateTime64(3, 'UTC')"},
    {"m", "Enum8('a' = 1, 'b' = 2)"},
    {"n", "UUID"},
    {"o", "IPv4"},
    {"p", "IPv6"},
    {"q", "Decimal(9, 2)"},
    {"r", "Decimal(38, 10)"},
    {"t", "Nullable(Int16)", DefaultKind::expression},
    {"u", "LowCardinality(Nullable(String))"},
    {"v", "Array(Array(Nullable(UInt8)))"},
    {"w", "Map(LowCardinality(String), Array(Int32))"},
    {"x", "Tuple(a Int32, b Tuple(c String, d Array(String)))"},
    {"y", "Tuple(Int32, String)"},
    {"z", "Map(Int16, Map(String, String))"},
    {"x.a", "Int64", DefaultKind::expression},
    {"x.b.c", "String"},
    {"A.a", "Array(Int32)", DefaultKind::expression},
    {"A.b.c", "Array(LowCardinality(String))"},
    {"A.b.d", "Array(Array(Nullable(Int8)))"},
    {"B.a.b", "Nullable(UInt8)", DefaultKind::expression},
    {"C", "Int128"},
    {"D", "LowCardinality(UInt256)"},
    {"E", "Decimal(76, 20)"},
    {"F", "BFloat16"},
    {"G", "Time"},
    {"H", "Nullable(Time64(3))"},
    {"I", "Variant(Int8, UInt64, Date, DateTime64(3), String, Array(Int32), Map(String, UInt8))"},
    {"J", "Dynamic"},
    {"K", "JSON(a UInt8, b.c Date)"},
    {"L", "Geometry"},
    {"M", "Array(Point)"},
    {"N", "Nullable(Tuple(a Int8, b Nullable(String)))"},
    {"O", "SimpleAggregateFunction(max, Enum16('a' = 300))"},
    {"P", "Array(Variant(Bool, Float64, Tuple(a Int8)))", DefaultKind::expression},
};

[[noreturn]] void give_up(std::string_view what, std::string_view message) {
  std::cerr << "the decoder " << what << " at: " << quote_value(message) << "\n";
  std::abort();
}

Mapping everything() {
  Table table{.database = "default", .name = "everything"};
  for (const ColumnSpelling& column : kColumns) {
    auto type = parse_type(column.type);
    if (!type.ok()) give_up(type.error().text(), column.type);
    table.columns.push_back({.name = std::string(column.name),
                             .type = std::move(type).value(),
                             .default_kind = column.default_kind});
  }
  auto mapping = make_mapping(table, nullptr);
  if (!mapping.ok()) give_up(mapping.error().text(), "the mapping");
  Mapping made = std::move(mapping).value();
  made.payload[1].field = std::string("x");  // one field, two columns: a tuple and its text
  return made;
}

/// One way of reading, and all it has read since the last clear().
struct Reader {
  Reader(const Mapping& mapping, JsonPath path)
      : block(Block::make(mapping.layout).value()),
        decoder(make_json_decoder(mapping, RecordLimits{.max_depth = 20}, path).value()) {}

  void decode(std::string_view message) {
    const ExactCopy copy(message);
    const RecordBatch batch = batch_of_one(copy.view());
    rejects.clear();
    if (!decoder->decode(batch, block, rejects).ok()) give_up("gave up the batch", message);
  }

  void check_lengths(std::string_view message) const {
    for (const Slot& slot : block.slots()) {
      if (slot.column->rows() != block.rows()) give_up("left columns of unequal length", message);
      if (slot.missing.size() > block.rows()) give_up("left marks of missing rows", message);
    }
  }

  /// Reads the Native bytes back, which finds rows that only seem to be whole.
  std::vector<std::string> texts(std::size_t slot, std::string_view message) const {
    const Slot& from = block.slots()[slot];
    auto rows = native_texts(block.layout().columns[slot].type, *from.column);
    if (rows.size() != block.rows()) give_up("wrote another number of rows", message);
    return rows;
  }

  Block block;
  std::unique_ptr<Decoder> decoder;
  std::vector<Reject> rejects;
};

/// Both ways side by side.
class Subject {
 public:
  Subject() : Subject(everything()) {}

  void decode(std::string_view message) {
    const std::size_t before = fast_.block.rows();
    decode_one(message);
    const std::size_t added = fast_.block.rows() - before;
    const auto& rejects = fast_.rejects;
    if (rejects.size() > 1) give_up("gave more than one reject", message);
    if (added > 0 && !rejects.empty()) give_up("kept rows of a message it refused", message);
    for (const Reject& reject : rejects) {
      if (!explain(reject.code)) give_up("gave a code nobody knows", message);
      if (reject.detail.empty() || reject.detail.size() > 2000) give_up("gave no detail", message);
    }

    decode_one(kGoodMessage);
    if (!rejects.empty()) give_up("refused a good message afterwards", message);
    if (fast_.block.rows() >= kRowsBeforeReading) compare_all(message);
  }

 private:
  explicit Subject(const Mapping& mapping)
      : fast_(mapping, JsonPath::fast), plain_(mapping, JsonPath::plain) {}

  void decode_one(std::string_view message) {
    fast_.decode(message);
    plain_.decode(message);
    fast_.check_lengths(message);
    plain_.check_lengths(message);
    const auto as_told = [](const Reject& reject) {
      return std::tie(reject.record, reject.code, reject.field, reject.detail);
    };
    const bool same = std::ranges::equal(fast_.rejects, plain_.rejects, {}, as_told, as_told);
    if (!same || fast_.block.rows() != plain_.block.rows()) {
      const auto told = [](const Reader& reader) {
        return reader.rejects.empty() ? "a row" : reader.rejects.front().detail;
      };
      std::cerr << "fast: " << told(fast_) << "; plain: " << told(plain_) << "\n";
      give_up("answers otherwise on the fast path", message);
    }
  }

  void compare_all(std::string_view message) {
    for (std::size_t slot = 0; slot < fast_.block.slots().size(); ++slot) {
      const bool same = fast_.texts(slot, message) == plain_.texts(slot, message) &&
                        fast_.block.slots()[slot].missing == plain_.block.slots()[slot].missing;
      if (!same) give_up("reads other values on the fast path", message);
    }
    fast_.block.clear();
    plain_.block.clear();
  }

  Reader fast_;
  Reader plain_;
};

}  // namespace

void decode_anything(std::string_view message) {
  static Subject subject;
  if (!message.empty()) subject.decode(message);
}

}  // namespace penstock
