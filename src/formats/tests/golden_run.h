#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "contract/decoder.h"
#include "formats/inference/proposal.h"
#include "formats/tests/golden_case.h"

namespace penstock {

/// The cases of tests/golden/<format>, by name.
std::vector<std::filesystem::path> golden_files(std::string_view format);

using MakeDecoder = std::function<Result<std::unique_ptr<Decoder>>(Mapping mapping)>;

/// Decodes the case's records and compares rows and rejects with what the file says; with
/// BLESS in the environment writes them there instead.
void check_golden_case(const std::filesystem::path& file, const GoldenCase& given,
                       const MakeDecoder& make_decoder);

/// Decodes the case's records into a proposed table instead. Expects that it suits the schema: what
/// is refused is broken, or a value that the schema does not allow or no type of ClickHouse holds;
/// only cases named in `odd` have such values.
void check_proposed_table(const std::filesystem::path& file, const GoldenCase& given,
                          const Proposal& proposal, std::span<const std::string_view> odd,
                          const MakeDecoder& make_decoder);

}  // namespace penstock
