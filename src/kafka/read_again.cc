#include "kafka/read_again.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "kafka/batches.h"
#include "kafka/errors.h"

namespace penstock::kafka {
namespace {

using Clock = std::chrono::steady_clock;

/// One log that still has to be read.
struct Part {
  const Log* log = nullptr;
  std::set<std::int64_t> offsets;  // those asked for and not yet seen
};

using Parts = std::map<LogId, Part>;

Parts parts_of(const Assignment& assignment, std::span<const RowOrigin> origins) {
  Parts parts;
  for (const RowOrigin& origin : origins) {
    Part& part = parts[origin.log];
    part.log = &assignment.log(origin.log);
    part.offsets.insert(origin.offset);
  }
  return parts;
}

Status start_reading(Client& client, const Parts& parts) {
  const PartitionList list = make_partition_list(static_cast<int>(parts.size()));
  for (const auto& [id, part] : parts) {
    const char* topic = part.log->topic.c_str();
    client.forward_records(topic, part.log->partition);
    rd_kafka_topic_partition_list_add(list.get(), topic, part.log->partition)->offset =
        *part.offsets.begin();
  }
  const auto code = rd_kafka_assign(client.handle(), list.get());
  if (code != RD_KAFKA_RESP_ERR_NO_ERROR) return failed_to("cannot read records again", code);
  return done();
}

Part* part_of(Parts& parts, const rd_kafka_message_t& message) {
  const std::string_view topic = rd_kafka_topic_name(message.rkt);
  for (auto& [id, part] : parts) {
    if (part.log->partition == message.partition && part.log->topic == topic) return &part;
  }
  return nullptr;
}

bool earlier(const RowOrigin& left, const RowOrigin& right) {
  return std::pair(left.log, left.offset) < std::pair(right.log, right.offset);
}

using Found = std::map<RowOrigin, Message, decltype(&earlier)>;

Status take(Parts& parts, Message message, Found& found) {
  Part* part = message->rkt == nullptr ? nullptr : part_of(parts, *message);
  if (message->err == RD_KAFKA_RESP_ERR__PARTITION_EOF) {
    if (part != nullptr) parts.erase(part->log->id);
    return done();
  }
  if (message->err != RD_KAFKA_RESP_ERR_NO_ERROR) {
    return failed_to("cannot read records again", message->err);
  }
  if (part == nullptr) return done();

  const LogId log = part->log->id;
  const std::int64_t offset = message->offset;
  if (part->offsets.contains(offset)) found.emplace(RowOrigin{log, offset}, std::move(message));
  part->offsets.erase(part->offsets.begin(), part->offsets.upper_bound(offset));
  if (part->offsets.empty()) parts.erase(log);
  return done();
}

/// Collects what is asked for until every part is read or `deadline` passes.
Status collect(const Client& client, Parts& parts, Clock::time_point deadline, Found& found) {
  std::array<rd_kafka_message_t*, 256> raw{};
  while (!parts.empty()) {
    if (Clock::now() > deadline) {
      return failed_to("cannot read records again in time", RD_KAFKA_RESP_ERR__TIMED_OUT);
    }
    const auto count = rd_kafka_consume_batch_queue(client.records(), 50, raw.data(), raw.size());
    Status status = done();
    for (ssize_t i = 0; i < count; ++i) {
      Message message(raw[static_cast<std::size_t>(i)]);
      if (status.ok()) status = take(parts, std::move(message), found);
    }
    PENSTOCK_OK(std::move(status));
    while (client.next_event(std::chrono::milliseconds(0))) {
    }
  }
  return done();
}

}  // namespace

Result<std::vector<RecordBatch>> read_again(const ClientSettings& settings,
                                            const Assignment& assignment,
                                            std::span<const RowOrigin> origins,
                                            std::chrono::milliseconds limit) {
  if (origins.empty()) return std::vector<RecordBatch>{};
  ClientSettings passing = settings;  // over what is gone
  passing["auto.offset.reset"] = "earliest";
  PENSTOCK_TRY(client, Client::make(passing));
  Parts parts = parts_of(assignment, origins);
  Found found(earlier);
  PENSTOCK_OK(start_reading(*client, parts));
  PENSTOCK_OK(collect(*client, parts, Clock::now() + limit, found));

  BatchBuilder builder(client);
  std::optional<LogId> run;
  for (const RowOrigin& origin : origins) {
    if (run != origin.log) builder.cut();
    run = origin.log;
    const Log& log = assignment.log(origin.log);
    if (auto message = found.extract(origin)) {
      builder.add(log, std::move(message.mapped()));
    } else {
      builder.add_gone(log, origin.offset);
    }
  }
  return builder.take();
}

}  // namespace penstock::kafka
