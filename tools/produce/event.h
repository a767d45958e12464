#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "produce/table_column.h"

namespace penstock::produce {

/// One web event; every field but the key holds its value as JSON text.
struct Event {
  std::string key;  // the user, without quotes
  std::string id, ts, session_id, user, event, url, amount, mobile, ip, country, tags;
};

/// The event with this number: the same for the same seed on every machine.
Event make_event(std::uint64_t seed, std::uint64_t id);

/// One line of about 260 bytes, keys always in the same order.
std::string to_json(const Event& event);

/// The columns of the table that takes web events; each is filled by the field of its name.
std::span<const TableColumn> event_columns();

}  // namespace penstock::produce
