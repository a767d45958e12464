#include "formats/tests/decode_anything.h"

#include <cstdlib>
#include <iostream>
#include <memory>
#include <utility>

#include "base/error_catalog.h"
#include "formats/json/decoder.h"
#include "model/mapping.h"
#include "model/native_text.h"

namespace penstock {
namespace {

constexpr std::string_view kGoodMessage = R"({"i": 7, "s": "good"})";
constexpr std::size_t kRowsBeforeReading = 64;

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

class Subject {
 public:
  Subject() : Subject(everything()) {}

  void decode(std::string_view message) {
    const std::size_t before = block_.rows();
    decode_one(message);
    check_lengths(message);
    const std::size_t added = block_.rows() - before;
    if (added + rejects_.size() != 1) give_up("did not answer with one row or one reject", message);
    for (const Reject& reject : rejects_) {
      if (!explain(reject.code)) give_up("gave a code nobody knows", message);
      if (reject.detail.empty() || reject.detail.size() > 2000) give_up("gave no detail", message);
    }

    decode_one(kGoodMessage);
    if (!rejects_.empty()) give_up("refused a good message afterwards", message);
    check_lengths(message);
    if (block_.rows() >= kRowsBeforeReading) read_all(message);
  }

 private:
  explicit Subject(const Mapping& mapping)
      : block_(Block::make(mapping.layout).value()),
        decoder_(make_json_decoder(mapping, RecordLimits{.max_depth = 20}).value()) {}

  void decode_one(std::string_view message) {
    // A copy of its very size: a sanitizer sees any read beyond it.
    const auto copy = std::make_unique<char[]>(message.size());
    message.copy(copy.get(), message.size());
    RecordBatch batch;
    batch.values.push_back(as_bytes({copy.get(), message.size()}));
    batch.keys.emplace_back();
    batch.offsets.push_back(0);
    batch.timestamps_ms.push_back(0);
    rejects_.clear();
    if (!decoder_->decode(batch, block_, rejects_).ok()) give_up("gave up the batch", message);
  }

  void check_lengths(std::string_view message) const {
    for (const Slot& slot : block_.slots()) {
      if (slot.column->rows() != block_.rows()) give_up("left columns of unequal length", message);
      if (slot.missing.size() > block_.rows()) give_up("left marks of missing rows", message);
    }
  }

  /// Reads the Native bytes back, which finds rows that only seem to be whole.
  void read_all(std::string_view message) {
    for (std::size_t index = 0; index < block_.slots().size(); ++index) {
      const Slot& slot = block_.slots()[index];
      const auto rows = native_texts(block_.layout().columns[index].type, *slot.column);
      if (rows.size() != block_.rows()) give_up("wrote another number of rows", message);
    }
    block_.clear();
  }

  Block block_;
  std::unique_ptr<Decoder> decoder_;
  std::vector<Reject> rejects_;
};

}  // namespace

void decode_anything(std::string_view message) {
  static Subject subject;
  if (!message.empty()) subject.decode(message);
}

}  // namespace penstock
