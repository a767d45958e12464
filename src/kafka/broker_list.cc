#include "kafka/broker_list.h"

#include <array>
#include <cstdint>
#include <utility>

namespace penstock::kafka {
namespace {

constexpr std::array<std::pair<std::string_view, Listener>, 4> kListeners = {{
    {"PLAINTEXT", Listener::plaintext},
    {"SSL", Listener::ssl},
    {"SASL_PLAINTEXT", Listener::sasl_plaintext},
    {"SASL_SSL", Listener::sasl_ssl},
}};

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\n");
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\n") - first + 1);
}

/// The login the settings ask for, whether or not the listener takes one.
std::optional<Authentication> wanted_login(const SourceSettings& settings) {
  if (settings.authentication) return settings.authentication;
  if (!settings.credentials) return std::nullopt;
  const Credentials& given = *settings.credentials;
  if (!given.username.empty() || !given.connection_string.empty()) return Authentication::plain;
  if (!given.certificate.empty()) return Authentication::mutual_tls;
  return std::nullopt;
}

}  // namespace

std::vector<std::string_view> split_list(std::string_view text) {
  std::vector<std::string_view> parts;
  while (true) {
    const auto comma = text.find(',');
    parts.push_back(trimmed(text.substr(0, comma)));
    if (comma == text.npos) return parts;
    text.remove_prefix(comma + 1);
  }
}

BrokerText split_broker(std::string_view entry) {
  const auto mark = entry.find("://");
  if (mark == entry.npos) return {.listener = {}, .address = entry};
  return {.listener = entry.substr(0, mark), .address = entry.substr(mark + 3)};
}

std::optional<Listener> listener_named(std::string_view name) {
  for (const auto& [known, listener] : kListeners) {
    if (known == name) return listener;
  }
  return std::nullopt;
}

std::optional<Listener> written_listener(const SourceSettings& settings) {
  return listener_named(split_broker(split_list(settings.brokers).front()).listener);
}

std::vector<std::string> broker_addresses(const SourceSettings& settings) {
  std::vector<std::string> out;
  for (const std::string_view entry : split_list(settings.brokers)) {
    out.emplace_back(split_broker(entry).address);
  }
  return out;
}

Listener listener(const SourceSettings& settings) {
  if (const auto written = written_listener(settings)) return *written;
  const auto login = wanted_login(settings);
  if (login && *login != Authentication::mutual_tls) return Listener::sasl_ssl;
  if (login || !settings.ca_certificate.empty()) return Listener::ssl;
  return Listener::plaintext;
}

std::optional<Authentication> login(const SourceSettings& settings) {
  const auto wanted = wanted_login(settings);
  if (!wanted) return std::nullopt;
  const Listener spoken = listener(settings);
  if (*wanted == Authentication::mutual_tls) {
    return spoken == Listener::ssl ? wanted : std::nullopt;
  }
  return takes_login(spoken) ? wanted : std::nullopt;
}

std::vector<std::string> topic_names(const SourceSettings& settings) {
  std::vector<std::string> out;
  for (const std::string_view topic : split_list(settings.topics)) out.emplace_back(topic);
  return out;
}

std::string consumer_group(const SourceSettings& settings, std::string_view pipe_name) {
  if (!settings.consumer_group.empty()) return settings.consumer_group;
  return "penstock-" + std::string(pipe_name);
}

}  // namespace penstock::kafka
