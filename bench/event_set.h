#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "model/mapping.h"
#include "model/record.h"
#include "produce/message_format.h"

namespace penstock::bench {

/// Messages of one kind and the table they belong to, made anew by every run: the
/// same on every machine.
///
/// | kind  | message |
/// |-------|---------|
/// | web   | 11 fields, 260 bytes |
/// | order | nested tuple, map, 30 floats, 1.5 kB |
/// | long_order | an order with more text and 64 floats, 2.4 kB, 1.5 kB in Avro |
/// | wide  | ten web events in one object, 110 fields |
struct EventSet {
  std::vector<std::string> texts;  // what the batch borrows
  RecordBatch batch;               // of one log, offsets from 0
  std::size_t bytes = 0;
  Mapping mapping;
};

/// As many messages as make up that many bytes of JSON, in a format: Avro in a registry's frame,
/// Protobuf without one; wide in JSON only. Ends the program for a kind that is none of the above.
EventSet make_events(std::string_view kind, std::size_t bytes,
                     produce::MessageFormat format = produce::MessageFormat::json);

/// The value, or the end of the program with what went wrong.
template <class T>
T must(Result<T> result) {
  if (result.ok()) return std::move(result).value();
  std::cerr << result.error().text() << "\n";
  std::exit(1);
}

}  // namespace penstock::bench
