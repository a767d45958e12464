#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "clickhouse/destination_facts.h"

namespace penstock::clickhouse {

/// How long a destination knows an insert again.
struct TokenWindow {
  std::uint64_t inserts = 0;                // at least its newest so many, of any sender
  std::optional<std::chrono::seconds> age;  // counted from its newest; none: however old

  bool operator==(const TokenWindow&) const = default;
};

/// What this table remembers by its own settings, else by the server's. No inserts at all: nothing.
TokenWindow window_of(const DestinationFacts& facts, const TableFacts& table);

/// What both remember.
TokenWindow smaller(const TokenWindow& left, const TokenWindow& right);

/// ALTER TABLE that gives it a window.
std::string window_statement(const TableFacts& table);

}  // namespace penstock::clickhouse
