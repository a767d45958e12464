#pragma once

#include <cstdint>
#include <memory>
#include <span>

#include "http/body.h"
#include "model/record.h"

namespace penstock::clickhouse {

enum class Encoding : std::uint8_t { identity, lz4 };

/// A body of the pieces as they are, or as one LZ4 frame made while reading.
/// `pieces` must outlive it.
std::unique_ptr<http::Body> make_body(std::span<const Bytes> pieces, Encoding encoding);

}  // namespace penstock::clickhouse
