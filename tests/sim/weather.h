#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "oracle/random.h"
#include "timeline.h"

namespace penstock::sim {

using oracle::Random;

/// A part of what makes delivery exactly-once, to be taken out so that the simulation turns red.
enum class Part : std::uint8_t {
  names,            // ClickHouse knows an insert again
  plan,             // the group keeps what is stored beside a position
  bounds,           // the ranges in it
  announcement,     // an insert waits until its range is stored
  fencing,          // the group refuses commits of an older generation
  lease,            // nothing is sent that may be somebody else's
  acknowledgement,  // ClickHouse stores a block before it says so
  asking,           // beyond the window the table says what it holds
  uptime,           // ClickHouse tells that it was started since
};
constexpr std::array<std::string_view, 9> kPartNames = {"names",           "plan",    "bounds",
                                                        "announcement",    "fencing", "lease",
                                                        "acknowledgement", "asking",  "uptime"};

/// What a world is like, drawn from its seed. Each kind of trouble is there in some worlds only, so
/// that every one also meets the others without it.
struct Weather {
  Weather(Random& random, std::optional<Part> without);

  std::optional<Part> without;

  int processes = 1;
  int partitions = 1;
  std::int64_t records = 0;  // offsets of each partition, gaps included
  std::size_t block_rows = 0;
  milliseconds block_age{};
  std::size_t parallel = 1;  // deliveries of one process
  std::size_t memory = 0;    // bytes; a small one is full with a few blocks
  milliseconds faults_end{};
  int faults = 0;  // of processes, and of what ties them to the group

  // Per cent of records.
  unsigned gaps = 0;
  unsigned broken = 0;      // the decoder refuses them
  unsigned refused = 0;     // the table refuses them
  bool fits_later = false;  // what is refused, once the table is altered
  unsigned tombstones = 0;
  unsigned of_two_rows = 0;

  // Per cent of inserts.
  unsigned unreachable = 0;
  unsigned too_many_parts = 0;
  unsigned lost_answers = 0;
  unsigned slow = 0;           // executed seconds later, whoever waits for it
  unsigned table_changes = 0;  // the lane has to be built anew
  // Per cent of polls.
  unsigned source_errors = 0;
  unsigned schemas_away = 0;  // of batches to decode
  // Per cent of what a process and its broker say to each other.
  unsigned late_messages = 0;  // up to 0.8 s, even after the sender's death
  unsigned lost_commits = 0;   // the sender gives up, whatever the group has taken or will take

  std::size_t window = 0;  // newest inserts that each table knows again
  bool asks = false;       // the table, where the name alone does not tell
  bool forgets = false;    // names
  bool retention = false;
  int server_kills = 0;  // of ClickHouse; names it noted may be left without their rows
};

}  // namespace penstock::sim
