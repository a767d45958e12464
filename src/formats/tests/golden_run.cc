#include "formats/tests/golden_run.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>

#include "formats/tests/proposed_table.h"
#include "model/native_text.h"

namespace penstock {
namespace {

namespace fs = std::filesystem;

fs::path golden_folder(std::string_view format) {
  const char* source = std::getenv("PENSTOCK_SOURCE_DIR");  // set by ctest
  const fs::path root =
      source != nullptr ? fs::path(source) : fs::path(__FILE__).parent_path() / "../../..";
  return root / "tests/golden" / format;
}

RecordBatch batch_of(const std::vector<std::optional<GoldenCase::Record>>& records) {
  RecordBatch batch;
  batch.topic = "golden";
  batch.partition = 3;
  for (const auto& record : records) {
    batch.offsets.push_back(100 + static_cast<std::int64_t>(batch.size()));
    batch.timestamps_ms.push_back(1'700'000'000'000);
    batch.keys.emplace_back();
    batch.values.push_back(record ? as_bytes(record->text) : Bytes());
  }
  return batch;
}

std::string print_rows(const Block& block) {
  std::vector<std::string> lines(block.rows());
  for (std::size_t index = 0; index < block.slots().size(); ++index) {
    const Slot& slot = block.slots()[index];
    const auto values = native_texts(block.layout().columns[index].type, *slot.column);
    for (std::size_t row = 0; row < lines.size(); ++row) {
      const bool missing = row < slot.missing.size() && slot.missing[row] != 0;
      lines[row] += (index == 0 ? "" : " | ") + (missing ? "<default>" : values.at(row));
    }
  }
  std::string out;
  for (const std::string& line : lines) {
    std::string shown = (out.empty() ? "rows    " : "        ") + line;
    shown.erase(shown.find_last_not_of(' ') + 1);
    out += shown + "\n";
  }
  return out.empty() ? "rows\n" : out;
}

std::string print_rejects(const std::vector<Reject>& rejects) {
  std::string out;
  for (const Reject& reject : rejects) {
    out += fmt::format("{}{} column={} code={} detail={}\n", out.empty() ? "rejects " : "        ",
                       reject.record, reject.field.empty() ? "-" : reject.field, reject.code,
                       reject.detail);
  }
  return out;
}

}  // namespace

std::vector<fs::path> golden_files(std::string_view format) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(golden_folder(format))) {
    if (entry.path().extension() == ".case") files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

void check_golden_case(const fs::path& file, const GoldenCase& given,
                       const MakeDecoder& make_decoder) {
  auto mapping = make_mapping(given.table, given.fields ? &*given.fields : nullptr);
  ASSERT_TRUE(mapping.ok()) << mapping.error().text();
  auto block = Block::make(mapping.value().layout);
  ASSERT_TRUE(block.ok()) << block.error().text();
  auto decoder = make_decoder(mapping.value());
  ASSERT_TRUE(decoder.ok()) << decoder.error().text();

  const RecordBatch batch = batch_of(given.records);
  std::vector<Reject> rejects;
  ASSERT_TRUE(decoder.value()->decode(batch, block.value(), rejects).ok());

  const std::string actual = print_rows(block.value()) + print_rejects(rejects);
  if (std::getenv("BLESS") != nullptr) {
    std::ofstream(file) << given.given << actual;
  } else {
    EXPECT_EQ(actual, given.expected);
  }
}

void check_proposed_table(const fs::path& file, const GoldenCase& given, const Proposal& proposal,
                          std::span<const std::string_view> odd, const MakeDecoder& make_decoder) {
  if (proposal.columns.empty()) return;
  const Mapping mapping = mapping_of(proposal);
  Block block = Block::make(mapping.layout).value();
  std::vector<Reject> rejects;
  ASSERT_TRUE(make_decoder(mapping).value()->decode(batch_of(given.records), block, rejects).ok());
  const bool is_odd = std::ranges::count(odd, file.stem()) != 0;
  for (const Reject& reject : rejects) {
    const bool is_refused_value =
        reject.code == "decode.out_of_range" || reject.code == "decode.unreadable";
    const bool is_broken = reject.code == "decode.broken" || reject.code == "decode.too_large" ||
                           reject.code == "schema.unknown";
    EXPECT_TRUE(is_broken || (is_odd && is_refused_value)) << reject.detail << spelt(proposal);
  }
}

}  // namespace penstock
