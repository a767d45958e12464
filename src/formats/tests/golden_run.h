#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "contract/decoder.h"
#include "formats/tests/golden_case.h"

namespace penstock {

/// The cases of tests/golden/<format>, by name.
std::vector<std::filesystem::path> golden_files(std::string_view format);

using MakeDecoder = std::function<Result<std::unique_ptr<Decoder>>(Mapping mapping)>;

/// Decodes the case's records and compares rows and rejects with what the file says; with
/// BLESS in the environment writes them there instead.
void check_golden_case(const std::filesystem::path& file, const GoldenCase& given,
                       const MakeDecoder& make_decoder);

}  // namespace penstock
