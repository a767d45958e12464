#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "contract/decoder.h"
#include "engine.h"
#include "exceptions.h"
#include "model/mapping.h"
#include "model/table.h"
#include "outcome.h"
#include "random.h"
#include "random_type.h"

namespace penstock::oracle {

/// Tables that stand side by side: the first is filled by Penstock, the other by ClickHouse's
/// own parser.
inline constexpr std::string_view kOurs = "ours";
inline constexpr std::string_view kTheirs = "theirs";

/// Which messages ClickHouse will likely take.
using Likely = std::vector<bool>;

/// One format as both sides know it.
class Format {
 public:
  virtual ~Format() = default;
  virtual std::string_view name() const = 0;
  /// What we want to differ, in the order in which it is tried.
  virtual std::span<const Exception> exceptions() const = 0;
  virtual TableStyle style() const { return {}; }
  /// How many messages share a table and what belongs to it.
  virtual std::size_t messages_per_table() const { return 200; }

  /// What belongs to a table besides its columns, such as a schema. Called before the
  /// others, with a source of its own.
  virtual void aim_at(const Table& /*table*/, Random& /*random*/) {}
  /// The same for an exception's example; gives its message.
  virtual std::string example(const Exception& exception) { return std::string(exception.example); }
  virtual std::string random_message(const Table& table, Random& random) = 0;
  virtual Result<std::unique_ptr<Decoder>> make_decoder(const Mapping& mapping) = 0;

  /// What ClickHouse makes of each message. `theirs` is empty before and may hold anything
  /// after. `likely` tells for each whether we took it, and saves statements only.
  virtual std::vector<Outcome> ask(Engine& engine, const Table& theirs,
                                   const std::vector<std::string>& messages,
                                   const Likely& likely) = 0;
  /// What of the message became this row; the message where rows have no parts of their own.
  virtual std::string row(const std::string& message, std::size_t /*row*/) const { return message; }
  /// The column's field as the message has it; empty when it has none.
  virtual std::string field(const std::string& message, std::string_view column) const = 0;
  /// The message as a person and an exception's pattern read it.
  virtual std::string text(const std::string& message) const = 0;
  /// What aim_at() chose, for a person.
  virtual std::string surroundings() const { return {}; }
};

std::unique_ptr<Format> make_json_format();
std::unique_ptr<Format> make_avro_format();
std::unique_ptr<Format> make_protobuf_format();

/// The rows of a table in the order of their insertion.
std::vector<std::vector<std::string>> read_rows(Engine& engine, const Table& table);

/// What Penstock makes of each message: decoded, sent as Native and read back.
std::vector<Outcome> ask_penstock(Engine& engine, Format& format, const Table& ours,
                                  const std::vector<std::string>& messages);

}  // namespace penstock::oracle
