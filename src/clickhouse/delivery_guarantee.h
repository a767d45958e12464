#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "clickhouse/client.h"
#include "clickhouse/destination_facts.h"
#include "clickhouse/spec.h"
#include "clickhouse/token_window.h"
#include "model/mapping.h"

namespace penstock::clickhouse {

/// What a destination can honour of exactly-once delivery.
struct DeliveryGuarantee {
  bool exactly_once = false;
  std::string because;        // half a sentence; where it is off, with the remedy
  TokenWindow window;         // beyond it a repeat adds rows, unless the table is asked first
  std::string why_not_asked;  // empty: the table can be asked which offsets it holds
  std::vector<std::string> remarks;  // of what feeds on the table, one sentence each
  UrlSettings insert_settings;       // what each insert must carry on this server
  std::string remedy;                // DDL that would turn it on; empty when none does
};

/// "exactly-once: the destination can honour it, because …"
std::string to_string(const DeliveryGuarantee& guarantee);

/// Judges what the server said. `user` are the settings the document gives to each insert. No I/O.
DeliveryGuarantee judge(const DestinationFacts& facts, const Mapping& mapping,
                        const UrlSettings& user);

/// What the destination can honour, and what was asked to know it.
struct Destination {
  DestinationFacts facts;
  DeliveryGuarantee guarantee;
};

/// Asks the server and judges. With `may_alter`, a table of a document that says `managedTable:
/// true` is given its window when that is all that is missing; a remark says so. Errors: those of
/// find_facts(); clickhouse.grant when the ALTER was refused.
Result<Destination> find_destination(Client& client, const DestinationSettings& destination,
                                     const Mapping& mapping, const UrlSettings& user,
                                     bool may_alter);

}  // namespace penstock::clickhouse
