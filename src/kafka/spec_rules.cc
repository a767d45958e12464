#include "kafka/spec_rules.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <set>

#include "kafka/broker_list.h"
#include "spec/value.h"

namespace penstock::kafka {
namespace {

constexpr std::size_t kLongestTopic = 249;

bool is_port(std::string_view text) {
  int port = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), port);
  return code == std::errc() && end == text.data() + text.size() && port >= 1 && port <= 65535;
}

/// "host", "host:9092" or "[::1]:9092".
bool is_address(std::string_view address) {
  std::string_view host = address;
  std::string_view port;
  const auto bracket = address.find(']');
  const auto colon = address.find(':', bracket == address.npos ? 0 : bracket);
  if (colon != address.npos) {
    host = address.substr(0, colon);
    port = address.substr(colon + 1);
    if (!is_port(port)) return false;
  }
  return !host.empty() && host.find_first_of(" /@\t") == host.npos &&
         (host.front() == '[') == (bracket != address.npos);
}

bool is_topic(std::string_view name) {
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '_' || c == '-';
  };
  return !name.empty() && name.size() <= kLongestTopic && name != "." && name != ".." &&
         std::all_of(name.begin(), name.end(), allowed);
}

bool is_iam(Authentication authentication) {
  return authentication == Authentication::iam_role || authentication == Authentication::iam_user;
}

/// Names the first member of `credentials` that a SASL login misses.
void check_user(const SourceSettings& settings, Authentication used, spec::Complaints& complaints) {
  const Credentials given = settings.credentials.value_or(Credentials{});
  if (used == Authentication::plain && !given.connection_string.empty()) return;
  const auto need = [&](const std::string& member, std::string_view name) {
    if (!member.empty()) return;
    complaints.add(fmt::format("credentials.{}", name),
                   fmt::format("is required for {}", wire_name(used)));
  };
  need(given.username, "username");
  need(given.password, "password");
}

void check_certificate(const SourceSettings& settings, spec::Complaints& complaints) {
  const Credentials given = settings.credentials.value_or(Credentials{});
  if (given.certificate.empty()) {
    complaints.add("credentials.certificate", "is required for MUTUAL_TLS");
  }
  if (given.private_key.empty()) {
    complaints.add("credentials.privateKey", "is required for MUTUAL_TLS");
  }
}

}  // namespace

void check_offset(const OffsetSettings& offset, spec::Complaints& complaints) {
  const bool used = offset.strategy == OffsetStrategy::from_timestamp;
  if (used && offset.timestamp.empty()) {
    complaints.add("timestamp", "is required for from_timestamp, e.g. \"2021-01-01T00:00\"");
  } else if (!used && !offset.timestamp.empty()) {
    complaints.add("timestamp", "is only used with strategy from_timestamp; remove one of them",
                   spec::quoted(offset.timestamp));
  } else if (used && !timestamp_ms(offset)) {
    complaints.add("timestamp", "must be a UTC time like \"2021-01-01T00:00\"",
                   spec::quoted(offset.timestamp));
  }
}

void check_brokers(const SourceSettings& settings, spec::Complaints& complaints) {
  if (settings.brokers.empty()) return;
  const auto entries = split_list(settings.brokers);
  const std::string_view first = split_broker(entries.front()).listener;
  for (const std::string_view entry : entries) {
    const auto [listener, address] = split_broker(entry);
    if (entry.find("://") != entry.npos && !listener_named(listener)) {
      complaints.add("brokers",
                     "a listener must be one of PLAINTEXT, SSL, SASL_PLAINTEXT, SASL_SSL",
                     spec::quoted(listener));
    } else if (!is_address(address)) {
      complaints.add("brokers", "each broker must be host:port, divided by commas",
                     spec::quoted(entry));
    } else if (listener != first) {
      complaints.add("brokers", "all brokers must name the same listener", spec::quoted(entry));
    }
  }
}

void check_topics(const SourceSettings& settings, spec::Complaints& complaints) {
  if (settings.topics.empty()) return;
  std::set<std::string_view> seen;
  for (const std::string_view topic : split_list(settings.topics)) {
    if (!is_topic(topic)) {
      complaints.add("topics",
                     "each topic must have 1 to 249 letters, digits, dots, dashes or underscores, "
                     "divided by commas",
                     spec::quoted(topic));
    } else if (!seen.insert(topic).second) {
      complaints.add("topics", "each topic must be named once", spec::quoted(topic));
    }
  }
}

void check_login(const SourceSettings& settings, spec::Complaints& complaints) {
  if (settings.authentication && is_iam(*settings.authentication)) return;
  const auto written = written_listener(settings);
  const bool mutual = settings.authentication == Authentication::mutual_tls;
  if (written && takes_login(*written) && !login(settings)) {
    complaints.add("authentication", "is required on SASL listeners, e.g. SCRAM-SHA-512");
  } else if (mutual && written && *written != Listener::ssl) {
    complaints.add("authentication", "MUTUAL_TLS needs brokers with the listener SSL://");
  }
  // On PLAINTEXT:// and SSL:// a SASL login is not used: official clients have to send one.
  const auto used = login(settings);
  if (!used) return;
  if (*used == Authentication::mutual_tls) {
    check_certificate(settings, complaints);
  } else {
    check_user(settings, *used, complaints);
  }
}

void check_supported(const SourceSettings& settings, spec::Complaints& complaints) {
  if (settings.authentication && is_iam(*settings.authentication)) {
    complaints.add("authentication",
                   "is not supported yet, use PLAIN, SCRAM-SHA-256, SCRAM-SHA-512 or MUTUAL_TLS",
                   std::string(wire_name(*settings.authentication)));
  }
  if (settings.tombstone_mode == TombstoneMode::remove) {
    complaints.add("tombstoneMode", "is not supported yet, use soft_delete", "delete");
  }
}

}  // namespace penstock::kafka
