#include "app/sample_command.h"

#include <fmt/core.h>

#include <cstdio>

#include "engine/pipe_document.h"
#include "engine/sampler.h"
#include "model/native_text.h"
#include "model/scalar_text.h"

namespace penstock {
namespace {

void print_rows(const Block& block) {
  std::vector<std::vector<std::string>> columns;
  for (std::size_t slot = 0; slot < block.slots().size(); ++slot) {
    columns.push_back(native_texts(block.layout().columns[slot].type, *block.slots()[slot].column));
  }
  for (std::size_t row = 0; row < block.rows(); ++row) {
    std::string line;
    for (std::size_t slot = 0; slot < columns.size(); ++slot) {
      const bool missing = !block.slots()[slot].missing.empty() &&
                           row < block.slots()[slot].missing.size() &&
                           block.slots()[slot].missing[row] != 0;
      if (missing) continue;  // the server will evaluate its DEFAULT
      line += fmt::format("{}{}: {}", line.empty() ? "{" : ", ",
                          json_string(block.layout().columns[slot].name), columns[slot][row]);
    }
    fmt::print("{}\n", line.empty() ? "{}" : line + "}");
  }
}

}  // namespace

int sample_command(const SampleOptions& options) {
  const auto documents = load_pipe_documents({options.file}, spec::process_environment());
  if (!documents.ok()) {
    fmt::print(stderr, "{}\n", documents.error().message);
    return 2;
  }
  for (const PipeDocument& document : documents.value()) {
    const auto sample = take_sample(document, options.rows, {});
    if (!sample.ok()) {
      fmt::print(stderr, "{}: {}\n", document.name, sample.error().text());
      return 3;
    }
    print_rows(sample.value().rows);
    for (const SampleReject& reject : sample.value().rejects) {
      fmt::print(stderr, "rejected {}:{} offset {}: {}\n", reject.topic, reject.partition,
                 reject.offset, reject.detail);
    }
  }
  return 0;
}

}  // namespace penstock
