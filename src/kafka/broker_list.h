#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kafka/spec.h"

namespace penstock::kafka {

/// The parts of a comma list, blanks around them removed; empty parts are kept.
std::vector<std::string_view> split_list(std::string_view text);

/// One entry of `brokers`, taken apart.
struct BrokerText {
  std::string_view listener;  // "SASL_SSL" of "SASL_SSL://…"; empty when none is written
  std::string_view address;   // "host:port" or "host"
};
BrokerText split_broker(std::string_view entry);

/// The listener of that name, in capitals as Kafka writes it.
std::optional<Listener> listener_named(std::string_view name);

/// The listener the first broker names, if any.
std::optional<Listener> written_listener(const SourceSettings& settings);

constexpr bool takes_login(Listener listener) {
  return listener == Listener::sasl_plaintext || listener == Listener::sasl_ssl;
}

}  // namespace penstock::kafka
